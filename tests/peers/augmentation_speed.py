"""The speed of Keras's ImageDataGenerator by study B's settings, for deno task bench:augment.

    python tests/peers/augmentation_speed.py
"""

import time

import numpy
from answer import answer
from keras.src.legacy.preprocessing.image import ImageDataGenerator

BATCH = 256
random = numpy.random.default_rng(0)
images = random.random((4 * BATCH, 28, 28, 1), numpy.float32)


def erase(image):
    """Random erasing with pixel noise, after Zhong et al., as the study's preprocessing function."""
    if random.random() > 0.5:
        return image
    while True:
        area = random.uniform(0.02, 0.4) * 28 * 28
        ratio = random.uniform(0.3, 1 / 0.3)
        height, width = int((area * ratio) ** 0.5), int((area / ratio) ** 0.5)
        top, left = random.integers(28), random.integers(28)
        if top + height <= 28 and left + width <= 28:
            image[top:top + height, left:left + width] = random.random((height, width, 1))
            return image


generator = ImageDataGenerator(
    rotation_range=8, width_shift_range=0.08, height_shift_range=0.08, shear_range=0.3,
    zoom_range=0.08, preprocessing_function=erase)
batches = generator.flow(images, batch_size=BATCH, seed=0)


def run(times):
    started = time.perf_counter()
    for _ in range(times):
        next(batches)
    return time.perf_counter() - started


answer({"a batch": run})
