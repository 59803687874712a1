"""Exports a small network of Keras's as a SavedModel, which lib/tensorflow has to run, with what it
computes there. With keras and tensorflow, from the root of a checkout:

    python tests/peers/saved_model_keras.py
"""

import json
import shutil

import keras
import numpy
import tensorflow

FOLDER = "tests/tensorflow/saved_model"

keras.utils.set_random_seed(0)
images = keras.Input((8, 8, 1), name="images")
shops = keras.Input((2,), dtype="int32", name="shops")
hidden = keras.layers.Conv2D(4, 3, activation="relu")(images)
hidden = keras.layers.BatchNormalization()(hidden)
hidden = keras.layers.Flatten()(keras.layers.MaxPooling2D()(hidden))
shop = keras.layers.Flatten()(keras.layers.Embedding(5, 3)(shops))
hidden = keras.layers.Concatenate()([hidden, shop])
outputs = {
    "probabilities": keras.layers.Dense(3, activation="softmax", name="probabilities")(hidden),
    "score": keras.layers.Dense(1, name="score")(hidden),
}
model = keras.Model({"images": images, "shops": shops}, outputs)

# A few steps, so that the normalisation has statistics of its own.
random = numpy.random.default_rng(0)
inputs = {
    "images": random.random((6, 8, 8, 1), numpy.float32),
    "shops": random.integers(0, 5, (6, 2), numpy.int32),
}
model.compile("sgd", {"probabilities": "sparse_categorical_crossentropy", "score": "mse"})
targets = {"probabilities": random.integers(0, 3, 6), "score": random.random((6, 1))}
model.fit(inputs, targets, epochs=5, verbose=0)

shutil.rmtree(f"{FOLDER}/keras", ignore_errors=True)
model.export(f"{FOLDER}/keras", verbose=False)


class Words(tensorflow.Module):
    """Takes and gives what numbers are not: words, and whole numbers of 64 bits."""

    @tensorflow.function(
        input_signature=[
            tensorflow.TensorSpec([None], tensorflow.string, "words"),
            tensorflow.TensorSpec([None], tensorflow.int64, "factors"),
        ]
    )
    def serve(self, words, factors):
        lengths = tensorflow.cast(tensorflow.strings.length(words), tensorflow.int64)
        return {"upper": tensorflow.strings.upper(words), "lengths": lengths * factors}


shutil.rmtree(f"{FOLDER}/words", ignore_errors=True)
words = Words()
tensorflow.saved_model.save(words, f"{FOLDER}/words", signatures=words.serve)


TYPES = "float64 float16 bfloat16 int8 uint8 int16 uint16 uint32 int64 uint64".split()


def halved(values):
    half = tensorflow.cast(values, tensorflow.float64) / 2
    return {"halves": tensorflow.cast(half, values.dtype), "doubles": values + values}


def signature(name):
    spec = tensorflow.TensorSpec([None], getattr(tensorflow, name), "values")
    return tensorflow.function(halved, input_signature=[spec]).get_concrete_function()


@tensorflow.function(input_signature=[tensorflow.TensorSpec([None], tensorflow.complex128, "z")])
def conjugate(z):
    return {"conjugate": tensorflow.math.conj(z)}


# A signature of each type of numbers that TensorFlow.js has no name for, and one of another type.
shutil.rmtree(f"{FOLDER}/types", ignore_errors=True)
signatures = {name: signature(name) for name in TYPES}
signatures["complex128"] = conjugate.get_concrete_function()
tensorflow.saved_model.save(tensorflow.Module(), f"{FOLDER}/types", signatures=signatures)

computed = model(inputs, training=False)
with open(f"{FOLDER}/computed.json", "w") as file:
    values = {**inputs, **{name: tensor.numpy() for name, tensor in computed.items()}}
    json.dump({name: array.ravel().tolist() for name, array in values.items()}, file)
print(f"Keras {keras.__version__}, TensorFlow {tensorflow.__version__}")
