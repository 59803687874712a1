import ts from "typescript";
import { beginsAsObject, FILE_NAMES, type SyntaxFault, transpile } from "./cell_code.ts";

/** Whether a text can be run as a cell, as Jupyter's `is_complete_reply` says it. */
export type Completeness =
  | { readonly status: "complete" }
  | { readonly status: "incomplete"; /** Of the next line. */ readonly indent: string }
  | { readonly status: "invalid" };

/**
 * Whether a text is a whole cell. It is incomplete if all that the parser misses would stand at its
 * end. The next line is then indented by two spaces for each open bracket, or by two where another
 * thing is missing, but not within a template or comment.
 */
export function isComplete(text: string): Completeness {
  const isObject = beginsAsObject(text);
  const readings = FILE_NAMES.flatMap((name) =>
    [read(text, name)].concat(
      isObject ? read(`(${text}\n)`, name) : [],
    )
  );
  if (readings.some(({ faults, source }) => faults.length === 0 && !endsInMiddle(source))) {
    return { status: "complete" };
  }
  const unfinished = readings.concat(isObject ? read(`(${text}`, FILE_NAMES[0]) : [])
    .find(({ faults, source }) => faults.every((fault) => isMissingAtEnd(fault, source)));
  if (unfinished === undefined) return { status: "invalid" };
  const { faults, source } = unfinished;
  const isVerbatim = faults.some(({ code }) => VERBATIM.has(code));
  const depth = openBrackets(source, source) - (source.text.length > text.length ? 1 : 0);
  return { status: "incomplete", indent: isVerbatim ? "" : "  ".repeat(Math.max(1, depth)) };
}

/** Faults of an unterminated template and comment. */
const VERBATIM: ReadonlySet<number> = new Set([1160, 1010]);

/** Faults of a literal that had to end on its line: strings, numbers, escapes. */
const BROKEN_LITERAL: ReadonlySet<number> = new Set([1002, 1124, 1125, 1177, 1178, 1199]);

/** Faults of JSX elements and fragments that are not closed. They are told with the opening tag. */
const OPEN_ELEMENT: ReadonlySet<number> = new Set([17008, 17014]);

function read(text: string, fileName: string) {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.ESNext, true);
  return { source, faults: transpile(text, fileName).faults };
}

function isMissingAtEnd({ code, line, column, length }: SyntaxFault, source: ts.SourceFile) {
  if (OPEN_ELEMENT.has(code)) return true;
  const start = source.getPositionOfLineAndCharacter(line - 1, column - 1);
  // The token for the end of the file begins where the last other one ends.
  return !BROKEN_LITERAL.has(code) && length === 0 && start >= source.endOfFileToken.pos;
}

/** Whether the text breaks off in what the parser lets pass and TypeScript would drop. */
function endsInMiddle({ statements, text }: ts.SourceFile): boolean {
  const last = statements.at(-1);
  if (last === undefined || text.slice(0, last.end).endsWith(";")) return false;
  if (ts.isVariableStatement(last)) {
    const { declarations } = last.declarationList;
    return declarations.length === 0 || declarations.hasTrailingComma === true;
  }
  return ts.isFunctionDeclaration(last) && last.body === undefined &&
    !last.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
}

function openBrackets(node: ts.Node, source: ts.SourceFile): number {
  switch (node.kind) {
    case ts.SyntaxKind.OpenBraceToken:
    case ts.SyntaxKind.OpenBracketToken:
    case ts.SyntaxKind.OpenParenToken:
    case ts.SyntaxKind.TemplateHead:
      return 1;
    case ts.SyntaxKind.CloseBraceToken:
    case ts.SyntaxKind.CloseBracketToken:
    case ts.SyntaxKind.CloseParenToken:
      return -1;
    case ts.SyntaxKind.TemplateTail:
      // The parser puts an empty one where it is missing.
      return node.getWidth(source) > 0 ? -1 : 0;
    default:
      return node.getChildren(source).reduce((sum, child) => sum + openBrackets(child, source), 0);
  }
}
