"""The speed of Keras on TensorFlow, for deno task bench:train and bench:predict.

    python tests/peers/keras_speed.py train small-cnn 64
"""

import os
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy
import tensorflow
from answer import answer
from keras_models import MODELS

task, model_id, batch_size = sys.argv[1], sys.argv[2], int(sys.argv[3])
random = numpy.random.default_rng(0)


def train(steps_per_execution=1, jit_compile=False):
    """Steps on one batch that is there already, as fast as fit() takes them."""
    made = []

    def make():
        model = MODELS[model_id]()
        model.compile(
            "adam",
            keras.losses.SparseCategoricalCrossentropy(from_logits=True),
            metrics=["accuracy"],
            steps_per_execution=steps_per_execution,
            jit_compile=jit_compile,
        )
        images = random.random((batch_size, 28, 28, 1), numpy.float32)
        labels = random.integers(0, 10, batch_size).astype(numpy.int32)
        batches = tensorflow.data.Dataset.from_tensors((images, labels)).repeat()
        return model, batches

    def run(times):
        if not made:
            made.extend(make())
        model, batches = made
        start = time.perf_counter()
        # What is not a multiple would be rounded up by fit() without a word.
        executed = -(-times // steps_per_execution) * steps_per_execution
        model.fit(batches, steps_per_epoch=executed, epochs=1, verbose=0)
        return (time.perf_counter() - start) * times / executed

    return run


def predict(batch_size, jit_compile=False):
    """Logits of 10,000 images."""
    made = []

    def run(times):
        if not made:
            model = MODELS[model_id]()
            model.compile(jit_compile=jit_compile)
            made.extend([model, random.random((10_000, 28, 28, 1), numpy.float32)])
        model, images = made
        start = time.perf_counter()
        for _ in range(times):
            model.predict(images, batch_size=batch_size, verbose=0)
        return time.perf_counter() - start

    return run


if task == "train":
    steps = 16 if batch_size < 100 else 4
    answer({
        "graph": train(),
        f"graph, {steps} steps per execution": train(steps_per_execution=steps),
        "XLA": train(jit_compile=True),
    })
else:
    answer({
        "graph, batches of 250": predict(250),
        "graph, batches of 1,000": predict(1000),
        "XLA, batches of 250": predict(250, jit_compile=True),
    })
