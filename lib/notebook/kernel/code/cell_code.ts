import { decode, encode } from "@jridgewell/sourcemap-codec";
import ts from "typescript";
import { replMode } from "./repl_mode.ts";

/** What a cell's code became. */
export interface CompiledCell {
  /** JavaScript for `Runtime.evaluate` with `replMode`, without a source URL. */
  readonly code: string;
  /** JSON of a version 3 source map from `code` to the cell's text. */
  readonly sourceMap: string;
}

/** A fault that the parser found. */
export interface SyntaxFault {
  /** TypeScript's number of the message. */
  readonly code: number;
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** In UTF-16 code units. */
  readonly length: number;
}

/** A cell is neither TypeScript nor TSX. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  /** At least one, in the order of the cell. */
  readonly faults: readonly SyntaxFault[];
  /** Line by line its first fault, the text and a caret under the place, for people. */
  readonly description: string;

  constructor(text: string, faults: readonly SyntaxFault[]) {
    super(faults[0].message);
    this.faults = faults;
    const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
    // What follows in a line is mostly due to the parser's recovery.
    const firsts = faults.filter(({ line }, at) => line !== faults[at - 1]?.line);
    this.description = firsts.map(({ message, line, column, length }) => {
      const text = lines[line - 1];
      const indent = text.slice(0, column - 1).replace(/[^\t]/gu, " ");
      const place = [...text.slice(column - 1, column - 1 + length)];
      return `${message}\ncell line ${line}\n${text}\n${indent}${"^".repeat(place.length || 1)}`;
    }).join("\n");
  }
}

/**
 * Turns the TypeScript or TSX of a cell into JavaScript for V8's REPL mode, see `replMode()`. The
 * code calls the global `$cell`: `race(value)` gives a promise of the value, `each(values)` what
 * `for await` may go through, `named(module, names, specifier)` the module if it has those exports.
 *
 * A cell that begins with `{` is an object if it can be read as one: `{ a: 1 }`, but not `{ a: 1 };`.
 *
 * @throws {CellSyntaxError} If the parser finds faults. What it lets pass, such as a name that is
 * declared twice, V8 refuses.
 */
export function compileCell(text: string): CompiledCell {
  // A first line for the shell is a comment here.
  const script = text.replace(/^#!/, "//");
  const faults: SyntaxFault[] = [];
  for (const fileName of FILE_NAMES) {
    const object = readObject(script, fileName);
    if (object) return object;
    const cell = transpile(script, fileName);
    if (cell.faults.length === 0) return cell;
    faults.push(...faults.length === 0 ? cell.faults : []);
  }
  throw new CellSyntaxError(text, faults);
}

/** A cell is read as TypeScript, then as TSX: `<T>x` and `<b>x</b>` exclude each other. */
export const FILE_NAMES = ["cell.ts", "cell.tsx"] as const;

/** Transpiles a script, whatever its faults are. */
export function transpile(
  text: string,
  fileName: string,
): CompiledCell & { readonly faults: readonly SyntaxFault[] } {
  const { outputText, sourceMapText = "", diagnostics = [] } = ts.transpileModule(text, {
    fileName,
    reportDiagnostics: true,
    transformers: replMode(),
    compilerOptions: {
      // What V8 does not know yet is newer: decorators, accessors, and `using` in a script.
      target: ts.ScriptTarget.ES2025,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      // Later cells may use what this one imports.
      verbatimModuleSyntax: true,
      jsx: ts.JsxEmit.React,
      // They would stay where imports and functions have left.
      removeComments: true,
      sourceMap: true,
    },
  });
  const faults = diagnostics.flatMap(({ file, start, length = 0, code, messageText }) => {
    if (file === undefined || start === undefined) return [];
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    const message = ts.flattenDiagnosticMessageText(messageText, "\n");
    return [{ code, message, line: line + 1, column: character + 1, length }];
  });
  const code = outputText.slice(0, outputText.lastIndexOf("//# sourceMappingURL="));
  return { code, sourceMap: sourceMapText, faults };
}

/** Whether a cell may stand for an object: it begins with a brace. */
export function beginsAsObject(text: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true);
  scanner.setText(text);
  return scanner.scan() === ts.SyntaxKind.OpenBraceToken;
}

/** Compiles `{ a: 1 }` as an expression; undefined where it is none. */
function readObject(text: string, fileName: string): CompiledCell | undefined {
  if (!beginsAsObject(text)) return undefined;
  const { code, sourceMap, faults } = transpile(`(${text}\n)`, fileName);
  if (faults.length > 0) return undefined;
  const { statements } = ts.createSourceFile(fileName, `(${text}\n)`, ts.ScriptTarget.ESNext);
  const [statement] = statements;
  const isExpression = statements.length === 1 && ts.isExpressionStatement(statement) &&
    ts.isParenthesizedExpression(statement.expression) && isSound(statement.expression.expression);
  if (!isExpression) return undefined;
  return { code, sourceMap: JSON.stringify(withoutParenthesis(JSON.parse(sourceMap))) };
}

/** Whether an object has all that the parser leaves to the checker. */
function isSound(node: ts.Node): boolean {
  return !ts.isObjectLiteralExpression(node) ||
    node.properties.every((property) =>
      ts.isPropertyAssignment(property)
        ? isSound(property.initializer)
        : ts.isShorthandPropertyAssignment(property)
        ? property.objectAssignmentInitializer === undefined
        : ts.isSpreadAssignment(property) || property.body !== undefined
    );
}

/** A source map without the parenthesis before the first line. */
function withoutParenthesis(map: { readonly mappings: string }) {
  const lines = decode(map.mappings).map((segments) =>
    segments.map((segment) => {
      if (segment.length === 1 || segment[2] > 0) return segment;
      const [column, source, line, character] = segment;
      return [column, source, line, Math.max(0, character - 1)] satisfies typeof segment;
    })
  );
  return { ...map, mappings: encode(lines) };
}
