import type { OperationAttribute } from "./attributes.ts";
import { ATTRIBUTE_TYPES, DATA_TYPES } from "./data_types.ts";

/** What TensorFlow.js keeps of a tensor that lives in TensorFlow. */
export class TensorMetadata {
  id = 0;
  shape: number[] = [];
  dtype = 0;
}

/** An attribute, as the package's interface declares it. */
class TFEOpAttr implements OperationAttribute {
  name = "";
  type = 0;
  value: OperationAttribute["value"] = 0;
}

/** What the interface `TFJSBinding` wants of constants, under the addon's names. */
export class BindingConstants {
  readonly TensorMetadata = TensorMetadata;
  readonly TFEOpAttr = TFEOpAttr;
  readonly TF_FLOAT = DATA_TYPES.float32;
  readonly TF_INT32 = DATA_TYPES.int32;
  readonly TF_INT64 = DATA_TYPES.int64;
  readonly TF_BOOL = DATA_TYPES.bool;
  readonly TF_COMPLEX64 = DATA_TYPES.complex64;
  readonly TF_STRING = DATA_TYPES.string;
  readonly TF_RESOURCE = DATA_TYPES.resource;
  readonly TF_UINT8 = DATA_TYPES.uint8;
  readonly TF_ATTR_STRING = ATTRIBUTE_TYPES.string;
  readonly TF_ATTR_INT = ATTRIBUTE_TYPES.int;
  readonly TF_ATTR_FLOAT = ATTRIBUTE_TYPES.float;
  readonly TF_ATTR_BOOL = ATTRIBUTE_TYPES.bool;
  readonly TF_ATTR_TYPE = ATTRIBUTE_TYPES.type;
  readonly TF_ATTR_SHAPE = ATTRIBUTE_TYPES.shape;
  readonly TF_ATTR_RESOURCE = ATTRIBUTE_TYPES.type;
}
