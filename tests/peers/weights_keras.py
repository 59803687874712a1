"""Loads weights that deno task export wrote into Keras's own network, classifies the test set and
compares every prediction with the recorded run's. With keras, tensorflow and safetensors, from the
root of a checkout that deno task prepare has given its data:

    deno task export vgg
    python tests/peers/weights_keras.py vgg vgg.safetensors
"""

import base64
import json
import sys

import numpy
from keras_models import MODELS
from safetensors.numpy import load_file

row, path = sys.argv[1:]
model = MODELS[row.removesuffix("-fast")]()
weights = load_file(path)

# Both name a layer's weights alike. The layers are paired by their order, which is the header's.
with open(path, "rb") as file:
    header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
layers = dict.fromkeys(name.split("/")[0] for name in header if name != "__metadata__")
for name, layer in zip(layers, (layer for layer in model.layers if layer.weights), strict=True):
    for variable in layer.weights:
        variable.assign(weights.pop(f"{name}/{variable.name}").astype(numpy.float32))
assert not weights, f"Keras's network has no place for {list(weights)}"

pixels = numpy.fromfile("data/cache/t10k-images-idx3-ubyte", numpy.uint8, offset=16)
labels = numpy.fromfile("data/cache/t10k-labels-idx1-ubyte", numpy.uint8, offset=8)
images = pixels.reshape(-1, 28, 28, 1).astype(numpy.float32) / 255
logits = model.predict(images, batch_size=250, verbose=0)

with open(f"data/results/{row}/seed-0.json") as file:
    result = json.load(file)
test = result["test"]
if result["recipe"].get("views") == "mirrored":
    logits += model.predict(images[:, :, ::-1], batch_size=250, verbose=0)
predictions = logits.argmax(1)
recorded = numpy.frombuffer(base64.b64decode(test["predictions"]), numpy.uint8)
different = int((predictions != recorded).sum())
accuracy = (predictions == labels).mean()
print(f"{row} in Keras: accuracy {accuracy:.2%}, recorded {test['accuracy']:.2%}; "
      f"{different} of {len(labels)} predictions differ")
sys.exit(different > 0)
