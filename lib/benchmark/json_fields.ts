import { decodeBase64 } from "@std/encoding";

/**
 * Reads the fields of one JSON object strictly: each is asked for by name and kind, and
 * at the end none may be left over. Every error names the file, the field and its value.
 */
export class JsonFields {
  readonly #path: string;
  readonly #name: string;
  readonly #fields: Map<string, unknown>;
  readonly #asked = new Set<string>();

  private constructor(value: unknown, path: string, name: string) {
    this.#path = path;
    this.#name = name;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new TypeError(
        `Cannot read ${path}: ${name || "the whole"} is ${show(value)}, expected an object`,
      );
    }
    this.#fields = new Map(Object.entries(value));
  }

  /**
   * Reads a whole file's text.
   *
   * @throws {SyntaxError} If the text is not JSON, or as `read` has it.
   * @throws {TypeError} If a field is missing, unknown or of another type.
   * @throws {RangeError} If a value is out of its range.
   */
  static parse<T>(text: string, path: string, read: (fields: JsonFields) => T): T {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (cause) {
      throw new SyntaxError(`Cannot read ${path}: it is not JSON`, { cause });
    }
    return JsonFields.#read(value, path, "", read);
  }

  static #read<T>(value: unknown, path: string, name: string, read: (fields: JsonFields) => T): T {
    const fields = new JsonFields(value, path, name);
    const result = read(fields);
    for (const field of fields.#fields.keys()) {
      if (!fields.#asked.has(field)) {
        throw new TypeError(`Cannot read ${path}: ${fields.#full(field)} is an unknown field`);
      }
    }
    return result;
  }

  /** Whether there is a field of this name. */
  has(field: string): boolean {
    return this.#fields.has(field);
  }

  null(field: string): null {
    const value = this.#get(field);
    if (value !== null) throw this.#typeError(field, "null");
    return value;
  }

  string(field: string, pattern = /\S/): string {
    const value = this.#get(field);
    if (typeof value !== "string") throw this.#typeError(field, "a string");
    if (!pattern.test(value)) throw this.error(field, `a string that matches ${pattern}`);
    return value;
  }

  /** The bytes that text in base64 stands for. */
  bytes(field: string): Uint8Array<ArrayBuffer> {
    const base64 = this.string(field);
    try {
      return Uint8Array.from(decodeBase64(base64));
    } catch (cause) {
      throw new SyntaxError(this.#message(field, "base64"), { cause });
    }
  }

  /** A finite number from `min` to `max`. */
  number(field: string, { min = 0, max = Number.MAX_VALUE } = {}): number {
    const value = this.#get(field);
    if (typeof value !== "number") throw this.#typeError(field, "a number");
    if (!(value >= min && value <= max)) throw this.error(field, `a number from ${min} to ${max}`);
    return value;
  }

  /** `null`, or a number as {@linkcode number} has it. */
  numberOrNull(field: string, range: { min?: number; max?: number } = {}): number | null {
    return this.#get(field) === null ? null : this.number(field, range);
  }

  /** A whole number from `min` to `max`. */
  integer(field: string, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}): number {
    const value = this.number(field, { min, max });
    if (!Number.isInteger(value)) throw this.error(field, "a whole number");
    return value;
  }

  oneOf<T extends string>(field: string, choices: readonly T[]): T {
    const value = this.#get(field);
    const choice = choices.find((choice) => choice === value);
    if (choice === undefined) throw this.error(field, `one of ${choices.join(", ")}`);
    return choice;
  }

  object<T>(field: string, read: (fields: JsonFields) => T): T {
    return JsonFields.#read(this.#get(field), this.#path, this.#full(field), read);
  }

  /** An object whose field names are free, with text values. */
  strings(field: string): Record<string, string> {
    return this.object(
      field,
      (fields) =>
        Object.fromEntries([...fields.#fields.keys()].map((name) => [name, fields.string(name)])),
    );
  }

  /** An array of objects; `read` is told the index of each. */
  array<T>(field: string, read: (fields: JsonFields, i: number) => T): T[] {
    const values = this.#get(field);
    if (!Array.isArray(values)) throw this.#typeError(field, "an array");
    return values.map((value: unknown, i) =>
      JsonFields.#read(
        value,
        this.#path,
        `${this.#full(field)}[${i}]`,
        (fields) => read(fields, i),
      )
    );
  }

  /** A `RangeError` about a field's value. */
  error(field: string, expected: string): RangeError {
    return new RangeError(this.#message(field, expected));
  }

  #typeError(field: string, expected: string): TypeError {
    return new TypeError(this.#message(field, expected));
  }

  #message(field: string, expected: string): string {
    const value = show(this.#fields.get(field));
    return `Cannot read ${this.#path}: ${this.#full(field)} is ${value}, expected ${expected}`;
  }

  #get(field: string): unknown {
    this.#asked.add(field);
    if (!this.#fields.has(field)) {
      throw new TypeError(`Cannot read ${this.#path}: ${this.#full(field)} is missing`);
    }
    return this.#fields.get(field);
  }

  #full(field: string): string {
    return this.#name === "" ? field : `${this.#name}.${field}`;
  }
}

/** A value for an error's message, cut short. */
function show(value: unknown): string {
  // JSON has no infinite numbers, but 1e999 is read as one.
  const text = typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
