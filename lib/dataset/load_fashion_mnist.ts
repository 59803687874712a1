import { fileURLToPath } from "node:url";
import {
  DATA_FILES,
  DEBIAN_FOLDER,
  debianPackage,
  environmentFolder,
  findFiles,
  folder,
  mirror,
} from "./files/mod.ts";
import { decodeIdxImages, decodeIdxLabels } from "./idx.ts";
import { ImageDataset } from "./image_dataset.ts";

/** The copies of TensorFlow's team and of the data set's authors. */
const MIRRORS = [
  "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
];

/** Fashion-MNIST as its authors divided it. */
export interface FashionMnist {
  /** 60,000 images, 6,000 of each class. */
  train: ImageDataset;
  /** 10,000 images, 1,000 of each class. */
  test: ImageDataset;
}

/** Options of {@linkcode loadFashionMnist}. */
export interface LoadFashionMnistOptions {
  /** Where the files are kept, decompressed. The repository's data/cache if not given. */
  cacheDirectory?: string;
  /** Is told, a line each, what takes time and where the files came from; `console.error` if not given. */
  log?: (line: string) => void;
  /** Stops the search for the files. */
  signal?: AbortSignal;
}

/**
 * Loads Fashion-MNIST (Han Xiao, Kashif Rasul and Roland Vollgraf, "Fashion-MNIST: a Novel Image
 * Dataset for Benchmarking Machine Learning Algorithms", 2017): 28x28 grey images of ten classes,
 * named by {@linkcode LABELS}.
 *
 * The files are looked for in the cache, then in the folder that `FASHION_MNIST_DIR` names, the
 * folder of the Debian package dataset-fashion-mnist, two web mirrors, and that package itself,
 * got by apt-get without installing it. Each must have the right SHA-256; what is found is cached.
 * A folder that is named has to be there, and to have the files that the cache lacks. Another place
 * that may not be looked at (`--allow-read`, `--allow-env`, `--allow-net`, `--allow-run`) is passed
 * over.
 *
 * @throws {Deno.errors.NotFound} If the files are nowhere, with every place and the reason, or not
 *   where `FASHION_MNIST_DIR` says.
 * @throws {Deno.errors.InvalidData} If a file in `FASHION_MNIST_DIR` is not the right one.
 * @throws {DOMException} An AbortError, if the signal stops the search.
 */
export async function loadFashionMnist({
  cacheDirectory = fileURLToPath(new URL("../../data/cache", import.meta.url)),
  log = (line) => console.error(line),
  signal,
}: LoadFashionMnistOptions = {}): Promise<FashionMnist> {
  const { trainImages, trainLabels, testImages, testLabels } = DATA_FILES;
  const named = environmentFolder("FASHION_MNIST_DIR");
  const sources = [
    ...(named === undefined ? [] : [named]),
    folder(DEBIAN_FOLDER),
    ...MIRRORS.map((baseUrl) => mirror(baseUrl)),
    debianPackage(cacheDirectory),
  ];
  const contents = await findFiles(
    [trainImages, trainLabels, testImages, testLabels],
    sources,
    { cacheDirectory, log, signal },
  );
  return {
    train: new ImageDataset(decodeIdxImages(contents[0]), decodeIdxLabels(contents[1])),
    test: new ImageDataset(decodeIdxImages(contents[2]), decodeIdxLabels(contents[3])),
  };
}
