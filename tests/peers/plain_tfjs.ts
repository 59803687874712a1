/**
 * Someone else's program: classifies Fashion-MNIST's first test images with nothing but
 * TensorFlow.js, its WASM backend and a saved model's address. With `mirrored` it looks at each
 * image's mirror image, too. Prints the classes as JSON.
 *
 *     deno run -A tests/peers/plain_tfjs.ts http://127.0.0.1:8000/vgg/model.json data/cache/t10k-images-idx3-ubyte 100
 */
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";

const [address, file, count, views] = Deno.args;
setWasmPaths(new URL(".", import.meta.resolve("@tensorflow/tfjs-backend-wasm")).href);
await tf.setBackend("wasm");
const model = await tf.loadLayersModel(address);
const pixels = (await Deno.readFile(file)).subarray(16, 16 + Number(count) * 784);
const images = tf.tensor4d(Float32Array.from(pixels, (v) => v / 255), [Number(count), 28, 28, 1]);
const looks = views === "mirrored" ? [images, images.reverse(2)] : [images];
const probabilities = looks.flatMap((look) => model.predict(look, { batchSize: 50 }));
// Logits are averaged; the logarithm of a probability is one, but for a number that all share.
const sum = tf.addN(probabilities.map((tensor) => tensor.log()));
console.log(JSON.stringify([...sum.argMax(1).dataSync()]));
