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


def compiled(**options):
    model = MODELS[model_id]()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile("adam", loss, metrics=["accuracy"], **options)
    return model


def batch():
    images = random.random((batch_size, 28, 28, 1), numpy.float32)
    labels = random.integers(0, 10, batch_size).astype(numpy.int32)
    return tensorflow.constant(images), tensorflow.constant(labels)


def timed(make, steps):
    """Seconds of a step by what `make` gives, which runs so many steps, in whole calls of `steps`."""
    made = []

    def run(times):
        if not made:
            made.append(make())
        executed = -(-times // steps) * steps
        start = time.perf_counter()
        made[0](executed)
        return (time.perf_counter() - start) * times / executed

    return run


def fit(steps=1, jit_compile=False):
    """fit() on one batch that is there already."""

    def make():
        model = compiled(steps_per_execution=steps, jit_compile=jit_compile)
        batches = tensorflow.data.Dataset.from_tensors(batch()).repeat()
        return lambda times: model.fit(batches, steps_per_epoch=times, epochs=1, verbose=0)

    return timed(make, steps)


def loop(steps):
    """Keras's training steps in a loop within one tf.function: no data pipeline, no callbacks."""

    def make():
        model = compiled(jit_compile=False)
        images, labels = batch()
        model.train_on_batch(images, labels)

        @tensorflow.function
        def train():
            for _ in tensorflow.range(steps - 1):
                model.train_step((images, labels))
            return model.train_step((images, labels))["loss"]

        def run(times):
            for _ in range(times // steps):
                loss = train()
            loss.numpy()

        return run

    return timed(make, steps)


def predict(batch_size, jit_compile=False):
    """Logits of 10,000 images by predict()."""

    def make():
        model = compiled(jit_compile=jit_compile)
        images = random.random((10_000, 28, 28, 1), numpy.float32)

        def run(times):
            for _ in range(times):
                model.predict(images, batch_size=batch_size, verbose=0)

        return run

    return timed(make, 1)


def call(batch_size):
    """Logits of 10,000 images by a tf.function: no data pipeline, no callbacks."""

    def make():
        model = compiled()
        images = random.random((10_000, 28, 28, 1), numpy.float32)
        apply = tensorflow.function(lambda batch: model(batch, training=False))

        def run(times):
            for _ in range(times):
                for first in range(0, 10_000, batch_size):
                    apply(tensorflow.constant(images[first : first + batch_size])).numpy()

        return run

    return timed(make, 1)


if task == "train":
    steps = 16 if batch_size < 100 else 4
    answer({
        "fit": fit(),
        f"fit, {steps} steps per execution": fit(steps),
        f"tf.function of {steps} steps": loop(steps),
        "fit, XLA": fit(jit_compile=True),
    })
else:
    answer({
        "predict, batches of 250": predict(250),
        "predict, batches of 1,000": predict(1000),
        "tf.function, batches of 50": call(50),
        "tf.function, batches of 250": call(250),
        "predict, XLA, batches of 250": predict(250, jit_compile=True),
    })
