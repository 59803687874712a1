"""Writes models with batch normalisation and dropout as Keras and tensorflowjs's converter write
them, which lib/tensorflow/layers has to load, with what Keras computes there: predictions, and the
weights after one step of gradient descent without dropout. In an environment of its own, since the
converter takes no current TensorFlow, from the root of a checkout:

    pip install tensorflowjs==4.22.0 tensorflow==2.18.0 tf-keras==2.18.0 keras==3.15.1 \
        tensorflow-decision-forests==1.11.0 ydf==0.9.0 "numpy<2" "setuptools<81"
    python tests/peers/layers_model_keras.py && deno fmt tests/tensorflow/layers/keras
"""

import json
import pathlib
import shutil
import tempfile

import keras as keras3
import numpy
import tensorflow
import tf_keras as keras2
from tensorflowjs.converters.converter import dispatch_keras_h5_to_tfjs_layers_model_conversion

FOLDER = pathlib.Path("tests/tensorflow/layers/keras")
BATCH = 6


def sequential(keras):
    """Every option of both layers, an axis of the same length as the last one among them."""
    layers, initializers = keras.layers, keras.initializers
    inputs = [layers.Input((5, 5, 2))] if keras is keras3 else []
    shape = {} if keras is keras3 else {"input_shape": (5, 5, 2)}
    return keras.Sequential(inputs + [
        layers.Conv2D(3, 3, **shape),
        layers.BatchNormalization(scale=False),
        layers.BatchNormalization(
            center=False,
            momentum=0.9,
            epsilon=0.01,
            gamma_initializer=initializers.RandomUniform(0.5, 2, seed=1),
            gamma_regularizer=keras.regularizers.L1L2(l2=0.01),
        ),
        layers.BatchNormalization(
            axis=1,
            beta_initializer=initializers.RandomUniform(0.5, 2, seed=2),
            moving_mean_initializer=initializers.RandomUniform(0.5, 2, seed=3),
            moving_variance_initializer=initializers.RandomUniform(0.5, 2, seed=4),
            gamma_constraint=keras.constraints.NonNeg(),
        ),
        layers.Dropout(0.5),
        layers.Dropout(0.3, noise_shape=(None, 1, 1, 3)),
        layers.Flatten(),
        layers.BatchNormalization(scale=False, center=False, trainable=True),
        layers.Dropout(0.2, seed=2**40),
        layers.Dense(2),
    ])


def functional(keras):
    """A graph of layers."""
    layers = keras.layers
    inputs = layers.Input((4, 3))
    hidden = layers.BatchNormalization()(inputs)
    hidden = layers.Conv1D(3, 3, padding="same", activation="relu")(hidden)
    hidden = layers.SpatialDropout1D(0.4)(layers.BatchNormalization(axis=-2)(hidden))
    hidden = layers.Dropout(0.25)(layers.Add()([inputs, hidden]))
    return keras.Model(inputs, layers.Dense(2)(layers.GlobalAveragePooling1D()(hidden)))


def numbers(array):
    """As many digits as float32 has."""
    return [float(f"{value:.9g}") for value in array.ravel()]


def write(name, model):
    """Writes a model as the converter does, what it computes, and what it learns in a step."""
    random = numpy.random.default_rng(0)
    for layer in model.layers:
        layer.set_weights([random.uniform(0.5, 1.5, w.shape) for w in layer.get_weights()])
    with tempfile.TemporaryDirectory() as folder:
        model.save(f"{folder}/model.h5")
        shutil.rmtree(FOLDER / name, ignore_errors=True)
        dispatch_keras_h5_to_tfjs_layers_model_conversion(f"{folder}/model.h5", f"{FOLDER / name}")
    inputs = random.normal(size=(BATCH, *model.input_shape[1:])).astype(numpy.float32)
    targets = random.normal(size=(BATCH, 2)).astype(numpy.float32)
    outputs = numpy.asarray(model(inputs, training=False))
    for layer in model.layers:
        if "Dropout" in type(layer).__name__:
            layer.rate = 0.0
        # Keras 2's one operation for images moves the variance towards n / (n - 1) of the batch's,
        # its other code, Keras 3 and TensorFlow.js towards the batch's itself.
        if hasattr(layer, "fused"):
            layer.fused = False
    optimizers = (keras2 if isinstance(model, keras2.Model) else keras3).optimizers
    model.compile(optimizers.SGD(0.1), "mse")
    loss = model.train_on_batch(inputs, targets)
    computed = {
        "inputs": numbers(inputs),
        "targets": numbers(targets),
        "outputs": numbers(outputs),
        "loss": float(loss),
        "weights": [numbers(w) for layer in model.layers for w in layer.get_weights()],
    }
    with open(FOLDER / name / "computed.json", "w") as file:
        json.dump(computed, file)


write("keras2_sequential", sequential(keras2))
write("keras2_functional", functional(keras2))
# TensorFlow.js reads no graph that Keras 3 writes, and needs two names of Keras 2 in a sequence.
write("keras3_sequential", sequential(keras3))
print(f"Keras {keras3.__version__} and {keras2.__version__}, TensorFlow {tensorflow.__version__}")
