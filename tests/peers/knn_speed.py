"""The speed of exact nearest neighbours in faiss and scikit-learn, for deno task bench:knn.

    python tests/peers/knn_speed.py faiss FOLDER

One run is the whole job: an index of the 60,000 training images, then the 5 nearest of each of the
10,000 test images, in float32. FOLDER holds the dataset's decompressed files.
"""

import sys
import time

import numpy
from answer import answer

NEIGHBOURS = 5
library, folder = sys.argv[1:]


def images(name):
    pixels = numpy.fromfile(f"{folder}/{name}-images-idx3-ubyte", numpy.uint8, offset=16)
    return pixels.reshape(-1, 784).astype(numpy.float32)


train, test = images("train"), images("t10k")
labels = numpy.fromfile(f"{folder}/train-labels-idx1-ubyte", numpy.uint8, offset=8)

if library == "faiss":
    import faiss

    def search():
        index = faiss.IndexFlatL2(train.shape[1])
        index.add(train)
        index.search(test, NEIGHBOURS)
else:
    from sklearn.neighbors import KNeighborsClassifier

    def search():
        classifier = KNeighborsClassifier(NEIGHBOURS, algorithm="brute").fit(train, labels)
        classifier.kneighbors(test)


def run(times):
    started = time.perf_counter()
    for _ in range(times):
        search()
    return time.perf_counter() - started


answer({"the whole job": run})
