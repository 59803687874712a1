"""Study A's recipe in Keras, from the data files to the trained weights, for deno task record.

    python tests/peers/record_keras.py 0 data/cache

Writes one line of JSON: the seconds of reading the data and of training, by the rules of
data/results/RECORDS.md, and the accuracy on the test set.
"""

import json
import os
import random
import sys
import time

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy
import tensorflow
from keras_models import small_cnn

BATCH_SIZE, EPOCHS = 64, 10
seed, folder = int(sys.argv[1]), sys.argv[2]


def read(part):
    images = numpy.fromfile(f"{folder}/{part}-images-idx3-ubyte", numpy.uint8, offset=16)
    labels = numpy.fromfile(f"{folder}/{part}-labels-idx1-ubyte", numpy.uint8, offset=8)
    return images.reshape(-1, 28, 28, 1).astype(numpy.float32) / 255, labels.astype(numpy.int32)


# Fixes the initial weights. keras.utils.set_random_seed() would fix TensorFlow's seed too, and with
# that Keras 3.15 has the images in the same order in every epoch, which costs it accuracy.
random.seed(seed)
model = small_cnn()
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
# XLA is slower on a processor.
model.compile("adam", loss, metrics=["accuracy"], jit_compile=False)

# Traces the training function for whole batches and for an epoch's last one.
initial = model.get_weights()
warm_up = BATCH_SIZE + 60_000 % BATCH_SIZE
model.fit(
    numpy.zeros((warm_up, 28, 28, 1), numpy.float32),
    numpy.zeros(warm_up, numpy.int32),
    batch_size=BATCH_SIZE,
    verbose=0,
)
model.set_weights(initial)
for variable in model.optimizer.variables:
    if variable is not model.optimizer._learning_rate:
        variable.assign(numpy.zeros(variable.shape))

start = time.perf_counter()
images, labels = read("train")
model.fit(images, labels, batch_size=BATCH_SIZE, epochs=EPOCHS, verbose=0)
seconds = time.perf_counter() - start

images, labels = read("t10k")
predictions = model.predict(images, batch_size=250, verbose=0).argmax(1)
print(json.dumps({
    "seconds": seconds,
    "accuracy": float((predictions == labels).mean()),
    "versions": {"keras": keras.__version__, "tensorflow": tensorflow.__version__},
}))
