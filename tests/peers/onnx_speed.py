"""The speed of onnxruntime, for deno task bench:predict.

    python tests/peers/onnx_speed.py predict small-cnn 250
"""

import sys
import time

import numpy
import onnxruntime
from answer import answer
from onnx import TensorProto, helper, numpy_helper

model_id = sys.argv[2]
random = numpy.random.default_rng(0)
nodes, weights = [], []


def weight(*shape):
    name = f"weight{len(weights)}"
    values = (random.standard_normal(shape) * 0.05).astype(numpy.float32)
    weights.append(numpy_helper.from_array(numpy.abs(values) + 0.5 if len(shape) == 1 else values, name))
    return name


def add(kind, *inputs, **attributes):
    """Adds a node after the last one; its inputs besides that are weights."""
    last = nodes[-1].output[0] if nodes else "images"
    nodes.append(helper.make_node(kind, [last, *inputs], [f"output{len(nodes)}"], **attributes))


def convolution(channels, filters):
    add("Conv", weight(filters, channels, 3, 3), weight(filters), kernel_shape=[3, 3], pads=[1] * 4)


def normalization(features):
    add("BatchNormalization", *(weight(features) for _ in range(4)), epsilon=0.001)


def pool():
    add("MaxPool", kernel_shape=[2, 2], strides=[2, 2])


if model_id == "small-cnn":
    for channels, filters in ((1, 32), (32, 64)):
        convolution(channels, filters)
        add("Relu")
        pool()
    add("Flatten")
    add("Gemm", weight(3136, 128), weight(128))
    add("Relu")
    add("Gemm", weight(128, 10), weight(10))
else:
    channels = 1
    for filters in (64, 128, 256):
        for _ in range(2):
            convolution(channels, filters)
            normalization(filters)
            add("Relu")
            channels = filters
        pool()
    add("Flatten")
    add("Gemm", weight(2304, 2048), weight(2048))
    normalization(2048)
    add("Relu")
    add("Gemm", weight(2048, 10), weight(10))

images = random.random((10_000, 1, 28, 28), numpy.float32)
graph = helper.make_graph(
    nodes,
    model_id,
    [helper.make_tensor_value_info("images", TensorProto.FLOAT, ["batch", 1, 28, 28])],
    [helper.make_tensor_value_info(nodes[-1].output[0], TensorProto.FLOAT, ["batch", 10])],
    weights,
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def predict(batch_size):
    def run(times):
        start = time.perf_counter()
        for _ in range(times):
            for first in range(0, 10_000, batch_size):
                session.run(None, {"images": images[first : first + batch_size]})
        return time.perf_counter() - start

    return run


answer({"batches of 250": predict(250), "batches of 50": predict(50)})
