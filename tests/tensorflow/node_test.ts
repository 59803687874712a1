import { assert, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { node } from "../../lib/tensorflow/mod.ts";
import { testOnTensorflow } from "./on_tensorflow.ts";

/** A picture without noise, so that JPEG keeps it nearly. */
const picture = () =>
  tf.tidy(() => {
    const [x, y] = [tf.range(0, 24).reshape([1, 24, 1]), tf.range(0, 16).reshape([16, 1, 1])];
    const grey = tf.add(tf.mul(x, 6), tf.mul(y, 5));
    return tf.concat([grey, tf.sub(255, grey), tf.onesLike(grey)], 2).toInt().as3D(16, 24, 3);
  });

testOnTensorflow(
  "node.encodePng() and decodePng() keep every pixel, of 1, 3 and 4 channels",
  async () => {
    const rgb = picture();
    const alpha = tf.fill([16, 24, 1], 77, "int32");
    for (const image of [rgb.slice([0, 0, 0], [16, 24, 1]), rgb, tf.concat([rgb, alpha], 2)]) {
      const png = await node.encodePng(image.as3D(16, 24, image.shape[2] ?? 0));
      assertEquals([...png.subarray(1, 4)], [..."PNG"].map((letter) => letter.charCodeAt(0)));
      const decoded = node.decodePng(png);
      assertEquals([decoded.shape, decoded.dtype], [image.shape, "int32"]);
      assertEquals(decoded.dataSync(), image.dataSync());
    }
  },
);

testOnTensorflow(
  "node.encodeJpeg(), decodeJpeg() and decodeImage() keep a picture nearly",
  async () => {
    const image = picture();
    const jpeg = await node.encodeJpeg(image, "rgb", 95);
    for (const decoded of [node.decodeJpeg(jpeg), node.decodeImage(jpeg)]) {
      assertEquals([decoded.shape, decoded.dtype], [image.shape, "int32"]);
      const difference = tf.mean(tf.abs(tf.sub(image, decoded))).dataSync()[0];
      assert(difference > 0 && difference < 3, `differs by ${difference}`);
    }
    assertEquals(node.decodeJpeg(jpeg, 1).shape, [16, 24, 1]);
    assertThrows(() => node.decodePng(Uint8Array.of(1, 2, 3)), RangeError, "Cannot run DecodePng");
  },
);
