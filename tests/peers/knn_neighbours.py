"""The 5 nearest training images of all test images, by whole numbers in NumPy.

Writes what tests/knn/fashion_mnist_test.ts compares with to tests/knn/fashion_mnist_neighbours.json:
the SHA-256 of all indices and of all squared distances, 32 bits each, and the test images whose
fifth and sixth neighbours are equally far. Run once, with NumPy, from the root of a checkout whose
data/cache is filled; it takes two minutes:

    python tests/peers/knn_neighbours.py
"""

import hashlib
import json

import numpy

NEIGHBOURS = 5
BLOCK = 250


def images(name):
    pixels = numpy.fromfile(f"data/cache/{name}-images-idx3-ubyte", numpy.uint8, offset=16)
    return pixels.reshape(-1, 784)


train, test = images("train"), images("t10k")
# Products of 8-bit pixels add up to far less than 2^53, so float64 holds every sum exactly.
columns = train.astype(numpy.float64).T.copy()
norms = (train.astype(numpy.int64) ** 2).sum(axis=1)
indices = numpy.empty((len(test), NEIGHBOURS), "<u4")
distances = numpy.empty((len(test), NEIGHBOURS), "<u4")
ties = []
for start in range(0, len(test), BLOCK):
    queries = test[start : start + BLOCK]
    products = (queries.astype(numpy.float64) @ columns).astype(numpy.int64)
    own = (queries.astype(numpy.int64) ** 2).sum(axis=1)
    all_distances = norms - 2 * products + own[:, None]
    for row, found in enumerate(all_distances):
        limit = numpy.partition(found, NEIGHBOURS)[NEIGHBOURS]
        near = numpy.flatnonzero(found <= limit)
        # By distance, then by position: near is sorted by position, and the sort is stable.
        order = near[numpy.argsort(found[near], kind="stable")]
        indices[start + row] = order[:NEIGHBOURS]
        distances[start + row] = found[order[:NEIGHBOURS]]
        if found[order[NEIGHBOURS - 1]] == found[order[NEIGHBOURS]]:
            ties.append(start + row)

with open("tests/knn/fashion_mnist_neighbours.json", "w") as file:
    json.dump(
        {
            "madeBy": "tests/peers/knn_neighbours.py",
            "versions": {"numpy": numpy.__version__},
            "indices": hashlib.sha256(indices.tobytes()).hexdigest(),
            "distances": hashlib.sha256(distances.tobytes()).hexdigest(),
            "ties": ties,
        },
        file,
        indent=2,
    )
    file.write("\n")
