"""Classifies the test set with scikit-learn's brute-force k nearest neighbours.

Writes the predicted classes as base64 to tests/knn/scikit_learn_predictions.json. Run once, with
NumPy and scikit-learn, from the root of a checkout whose data/cache is filled:

    python tests/peers/knn_scikit_learn.py
"""

import base64
import json

import numpy
import sklearn
from sklearn.neighbors import KNeighborsClassifier


def read(name, offset):
    return numpy.fromfile(f"data/cache/{name}", numpy.uint8, offset=offset)


def images(name):
    return read(name, 16).reshape(-1, 784).astype(numpy.float64)


classifier = KNeighborsClassifier(n_neighbors=5, p=2, weights="uniform", algorithm="brute")
classifier.fit(images("train-images-idx3-ubyte"), read("train-labels-idx1-ubyte", 8))
predictions = classifier.predict(images("t10k-images-idx3-ubyte"))
accuracy = float((predictions == read("t10k-labels-idx1-ubyte", 8)).mean())

with open("tests/knn/scikit_learn_predictions.json", "w") as file:
    json.dump(
        {
            "madeBy": "tests/peers/knn_scikit_learn.py",
            "versions": {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__},
            "accuracy": accuracy,
            "predictions": base64.b64encode(predictions.tobytes()).decode(),
        },
        file,
        indent=2,
    )
    file.write("\n")
