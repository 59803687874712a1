"""Trains with Keras from fixed weights on fixed images, for a comparison step by step.

Writes tests/training/keras_steps.json: what the optimizers make of gradients of very different
sizes, and the losses of the first steps of study A's network. Run once, with TensorFlow and Keras,
from the root of a checkout:

    python tests/peers/training_keras.py
"""

import json

import keras
import numpy
import tensorflow
from keras import layers
from keras_models import small_cnn

STEPS = 10
GRADIENTS = [0.0, 1e-8, 1e-6, -1e-4, 0.5]
OPTIMIZERS = {
    "adam": keras.optimizers.Adam(),
    "adamW": keras.optimizers.AdamW(weight_decay=0.01),
    "sgd": keras.optimizers.SGD(0.1),
    "momentum": keras.optimizers.SGD(0.1, momentum=0.9),
    "nesterov": keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True, weight_decay=0.01),
}


def steps(optimizer):
    variable = keras.Variable(numpy.ones(len(GRADIENTS), numpy.float32))
    for step in range(STEPS):
        gradient = numpy.array(GRADIENTS, numpy.float32) * (1 + step % 3)
        optimizer.apply([tensorflow.constant(gradient)], [variable])
    return variable.numpy().astype(float).tolist()


def small_cnn_losses():
    model = keras.Sequential([small_cnn(), layers.Softmax()])
    # Any weights will do that both sides can make.
    model.set_weights([
        (0.1 * numpy.sin(numpy.arange(weight.size) + 1)).reshape(weight.shape)
        for weight in model.get_weights()
    ])
    model.compile("adam", "sparse_categorical_crossentropy")
    losses = []
    for step in range(STEPS):
        index = numpy.arange(32 * 784, dtype=numpy.int64) + step
        images = ((index * index) % 251).astype(numpy.float32).reshape(32, 28, 28, 1) / 255
        losses.append(float(model.train_on_batch(images, numpy.arange(32) % 10)))
        model.reset_metrics()
    return losses


with open("tests/training/keras_steps.json", "w") as file:
    json.dump(
        {
            "madeBy": "tests/peers/training_keras.py",
            "versions": {"keras": keras.__version__, "tensorflow": tensorflow.__version__},
            "gradients": GRADIENTS,
            "weights": {name: steps(optimizer) for name, optimizer in OPTIMIZERS.items()},
            "losses": small_cnn_losses(),
        },
        file,
        indent=2,
    )
    file.write("\n")
