"""The networks of both studies in Keras, as the studies built them, and ours, giving logits."""

import keras
from keras import layers


def small_cnn():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2, 2),
        layers.Conv2D(64, 3, padding="same", activation="relu"),
        layers.MaxPooling2D(2, 2),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dense(10),
    ])


def vgg():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters in (64, 128, 256):
        for _ in range(2):
            model.add(layers.Conv2D(filters, 3, padding="same", kernel_initializer="he_normal"))
            model.add(layers.BatchNormalization())
            model.add(layers.ReLU())
        model.add(layers.MaxPooling2D(2, 2))
        model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(2048))
    model.add(layers.BatchNormalization())
    model.add(layers.ReLU())
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10))
    return model


def compact():
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for i, filters in enumerate((16, 32, 48, 64, 96, 128, 256)):
        model.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
        if i % 2 == 1:
            model.add(layers.MaxPooling2D(2, 2))
        model.add(layers.BatchNormalization())
        model.add(layers.ReLU())
    model.add(layers.GlobalMaxPooling2D())
    model.add(layers.Dense(10))
    return model


MODELS = {"small-cnn": small_cnn, "compact": compact, "vgg": vgg}
