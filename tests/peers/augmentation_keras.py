"""Warps small images the way of Keras's ImageDataGenerator, with NumPy and SciPy.

Writes tests/augmentation/keras_affine.json. Where an image is square, what comes out is checked
against apply_affine_transform() of Keras 3. That function swaps rows and columns unless the
column's axis comes first, so that is what it is told: x is the row then, as in
ImageDataGenerator.get_random_transform() and in keras-preprocessing. Run once, with Keras, one of
its backends and SciPy, from the root of a checkout:

    python tests/peers/augmentation_keras.py
"""

import json

import keras
import numpy
import scipy
from keras.src.legacy.preprocessing.image import apply_affine_transform

SHAPES = [(5, 5), (4, 6)]
# theta, tx, ty, shear, zx, zy: degrees, fractions of height and width, factors of both.
PARAMETERS = [
    (20, 0, 0, 0, 1, 1),
    (0, 0.2, 0, 0, 1, 1),
    (0, 0, -0.3, 0, 1, 1),
    (0, 0, 0, 15, 1, 1),
    (0, 0, 0, 0, 1.2, 1),
    (0, 0, 0, 0, 1, 0.7),
    (8, -0.08, 0.08, -0.3, 0.92, 1.08),
    (-130, 0.4, 0.7, 40, 1.5, 0.6),
]


def affine(image, theta, tx, ty, shear, zx, zy):
    height, width = image.shape
    theta, shear = numpy.deg2rad([theta, shear])
    cos, sin = numpy.cos(theta), numpy.sin(theta)
    rotation = [[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]]
    shift = [[1, 0, tx * height], [0, 1, ty * width], [0, 0, 1]]
    shearing = [[1, -numpy.sin(shear), 0], [0, numpy.cos(shear), 0], [0, 0, 1]]
    zoom = numpy.diag([zx, zy, 1])
    row, column = height / 2 - 0.5, width / 2 - 0.5
    to_centre = [[1, 0, row], [0, 1, column], [0, 0, 1]]
    from_centre = [[1, 0, -row], [0, 1, -column], [0, 0, 1]]
    matrix = numpy.linalg.multi_dot([to_centre, rotation, shift, shearing, zoom, from_centre])
    return scipy.ndimage.affine_transform(
        image, matrix[:2, :2], matrix[:2, 2], order=1, mode="nearest"
    )


def case(shape, parameters):
    theta, tx, ty, shear, zx, zy = parameters
    height, width = shape
    image = ((numpy.arange(height * width) + 1) ** 2 % 251 / 250).reshape(shape)
    warped = affine(image, *parameters)
    if height == width:
        ours = apply_affine_transform(
            image[:, :, None], theta, tx * height, ty * width, shear, zx, zy,
            row_axis=1, col_axis=0, channel_axis=2, fill_mode="nearest", order=1,
        )
        numpy.testing.assert_allclose(warped, ours[:, :, 0], atol=1e-12)
    return {
        "height": height,
        "width": width,
        "parameters": {
            "rotation": theta,
            "heightShift": tx,
            "widthShift": ty,
            "shear": shear,
            "heightZoom": zx,
            "widthZoom": zy,
        },
        "pixels": warped.round(7).ravel().tolist(),
    }


with open("tests/augmentation/keras_affine.json", "w") as file:
    json.dump(
        {
            "madeBy": "tests/peers/augmentation_keras.py",
            "versions": {
                "keras": keras.__version__,
                "numpy": numpy.__version__,
                "scipy": scipy.__version__,
            },
            "cases": [case(shape, parameters) for shape in SHAPES for parameters in PARAMETERS],
        },
        file,
        indent=2,
    )
    file.write("\n")
