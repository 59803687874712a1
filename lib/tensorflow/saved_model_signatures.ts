import type { DataType, MetaGraph, ModelTensorInfo, SignatureDefEntry } from "@tensorflow/tfjs";
import { readSavedModelProto, TFSavedModel } from "@tensorflow/tfjs-node-gpu/dist/saved_model.js";
import {
  ensureTensorflowBackend,
  nodeBackend,
} from "@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js";
import { DATA_TYPES, dataTypeName, knownAs } from "./data_types.ts";

/** What is read here of the messages of TensorFlow's saved_model.proto and meta_graph.proto. */
interface SavedModelProto {
  getMetaGraphsList(): readonly {
    getMetaInfoDef(): { getTagsList(): string[] };
    getSignatureDefMap(): ProtoMap<SignatureProto>;
  }[];
}
interface SignatureProto {
  getInputsMap(): ProtoMap<TensorProto>;
  getOutputsMap(): ProtoMap<TensorProto>;
}
interface TensorProto {
  getName(): string;
  getDtype(): number;
  getTensorShape(): { getDimList(): readonly { getSize(): number }[] } | undefined;
}
interface ProtoMap<T> {
  forEach(call: (value: T, key: string) => void): void;
}

/** The types by which TensorFlow.js knows values, with their codes. */
const KNOWN = (["float32", "int32", "bool", "complex64", "string"] as const)
  .map((name): [DataType, number] => [name, DATA_TYPES[name]]);

/** TensorFlow's own names of the types, where they differ from `DT_` with the name. */
const TENSORFLOW_NAMES: Readonly<Record<string, string>> = {
  float32: "DT_FLOAT",
  float64: "DT_DOUBLE",
  float16: "DT_HALF",
};

/** A signature that TensorFlow has for itself. */
const INTERNAL = "__saved_model_init_op";

/** A graph of a model with all its signatures. */
interface Graph {
  readonly tags: string[];
  readonly signatures: ReadonlyMap<string, SignatureProto>;
}

/**
 * The graphs of a model in TensorFlow's format SavedModel, with the signatures that can be run: those
 * whose inputs and outputs are numbers of up to 64 bits, truth values, `complex64` or texts.
 *
 * @param path Its folder.
 * @throws {Error} If there is no model.
 */
export async function getMetaGraphsFromSavedModel(path: string): Promise<MetaGraph[]> {
  return (await readGraphs(path)).map(({ tags, signatures }) => ({
    tags,
    signatureDefs: Object.fromEntries(
      Array.from(signatures).filter(([, signature]) => faultsOf(signature).length === 0)
        .map(([name, signature]) => [name, entryOf(signature)]),
    ),
  }));
}

/**
 * Loads one signature of a model in TensorFlow's format SavedModel. Real numbers of other widths than
 * `float32` are converted, and whole ones from and to `int32`; a number that does not fit is an
 * error when the model is run.
 *
 * @param path Its folder.
 * @param tags Which of its graphs.
 * @throws {RangeError} If the model has no such graph or signature.
 * @throws {TypeError} If an input or an output of the signature is of a type that cannot be converted;
 *   other signatures of the model are not concerned.
 * @throws {Error} If there is no model, or TensorFlow cannot load it.
 */
export async function loadSavedModel(
  path: string,
  tags: string[] = ["serve"],
  signature: string = "serving_default",
): Promise<TFSavedModel> {
  ensureTensorflowBackend();
  const action = `load the signature ${signature} of the saved model ${path}`;
  const graphs = await readGraphs(path);
  const same = (others: string[]) => others.toSorted().join() === tags.toSorted().join();
  const graph = graphs.find((graph) => same(graph.tags));
  if (graph === undefined) {
    const known = graphs.map((graph) => graph.tags.join(", ")).join("; ");
    throw new RangeError(`Cannot ${action}: its tags are ${known}, not ${tags.join(", ")}`);
  }
  const found = graph.signatures.get(signature);
  if (found === undefined) {
    const known = [...graph.signatures.keys()].join(", ");
    throw new RangeError(`Cannot ${action}: there are only ${known}`);
  }
  const faults = faultsOf(found);
  if (faults.length > 0) {
    const names = KNOWN.map(([name]) => name).join(", ");
    throw new TypeError(
      `Cannot ${action}: ${faults.join(", ")}, expected ${names} or numbers that convert to these`,
    );
  }
  const backend = nodeBackend();
  const id = backend.loadSavedModelMetaGraph(path, tags.join());
  return new TFSavedModel(id, id, entryOf(found), backend);
}

async function readGraphs(path: string): Promise<Graph[]> {
  const model: SavedModelProto = await readSavedModelProto(path);
  return model.getMetaGraphsList().map((graph) => ({
    tags: graph.getMetaInfoDef().getTagsList(),
    signatures: new Map(
      entriesOf(graph.getSignatureDefMap()).filter(([name]) => name !== INTERNAL),
    ),
  }));
}

/** What is in a signature that TensorFlow.js cannot have. */
function faultsOf(signature: SignatureProto): string[] {
  const all = { input: signature.getInputsMap(), output: signature.getOutputsMap() };
  return Object.entries(all).flatMap(([kind, tensors]) =>
    entriesOf(tensors).filter(([, tensor]) => nameOf(tensor) === undefined)
      .map(([name, tensor]) => `its ${kind} ${name} is ${dataTypeName(tensor.getDtype())}`)
  );
}

function entryOf(signature: SignatureProto): SignatureDefEntry {
  const infos = (tensors: ProtoMap<TensorProto>) =>
    Object.fromEntries(
      entriesOf(tensors).flatMap(([name, tensor]): [string, ModelTensorInfo][] => {
        const dtype = nameOf(tensor);
        return dtype === undefined ? [] : [[name, infoOf(tensor, dtype)]];
      }),
    );
  return { inputs: infos(signature.getInputsMap()), outputs: infos(signature.getOutputsMap()) };
}

function infoOf(tensor: TensorProto, dtype: DataType): ModelTensorInfo {
  const name = dataTypeName(tensor.getDtype());
  return {
    name: tensor.getName(),
    dtype,
    tfDtype: TENSORFLOW_NAMES[name] ?? `DT_${name.toUpperCase()}`,
    shape: tensor.getTensorShape()?.getDimList().map((size) => size.getSize()),
  };
}

/** By which type TensorFlow.js knows a tensor's values. */
const nameOf = (tensor: TensorProto) =>
  KNOWN.find(([, known]) => known === knownAs(tensor.getDtype()))?.[0];

function entriesOf<T>(map: ProtoMap<T>): [string, T][] {
  const entries: [string, T][] = [];
  map.forEach((value, key) => entries.push([key, value]));
  return entries;
}
