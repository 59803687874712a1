import ts from "typescript";

/** Cells as one module, and where the last of them stands in it. */
export interface CellsText {
  readonly code: string;
  /** The last cell, which begins with this line of the code, from 0. */
  readonly text: string;
  readonly line: number;
}

/** A cell with what its names need to be told from a later cell's. */
interface Cell {
  readonly id?: string;
  readonly text: string;
  /** What it declares for the cells after it. */
  readonly declared: ReadonlySet<string>;
  /** Where it speaks of names, in order. */
  readonly mentions: readonly Mention[];
}

interface Mention {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What has to stand around another name in its place, for `{ name }` alone. */
  readonly before: string;
  readonly after: string;
}

/** Follows names that a later cell has declared anew. No keyboard has it. */
const SUPERSEDED = "ʹ";

/**
 * The cells that a kernel has run, and one that is being written, as one TypeScript module, so that
 * what is known of modules is known of them.
 *
 * Unlike a module, a notebook may declare a name again. What an older cell calls so then gets
 * another name, there and in the cells that ran before the newer one: they meant the older.
 */
export class CellsDocument {
  #cells: Cell[] = [];

  /**
   * Puts a cell behind those that ran before, in place of what it was when it last ran. What is no
   * TypeScript is left out, for it would spoil the cells after it.
   *
   * @param options.cell JupyterLab's id of the cell.
   */
  ran(text: string, { cell }: { readonly cell?: string } = {}): void {
    this.#cells = this.#without(cell);
    if (isProgram(text)) this.#cells.push(parse(text, cell));
  }

  /**
   * The module that ends with a cell, which need not be complete. A line with a semicolon ends each
   * cell, lest the next one goes on with its last expression.
   *
   * @param options.cell JupyterLab's id of the cell: what it was when it last ran is left out.
   */
  endingWith(text: string, { cell }: { readonly cell?: string } = {}): CellsText {
    const last = parse(text, cell);
    const cells = this.#without(cell);
    const declarations = new Map<string, number>();
    for (const name of [...cells, last].flatMap(({ declared }) => [...declared])) {
      declarations.set(name, (declarations.get(name) ?? 0) + 1);
    }
    const seen = new Map<string, number>();
    let code = "export {};\n";
    for (const earlier of cells) {
      for (const name of earlier.declared) seen.set(name, (seen.get(name) ?? 0) + 1);
      code += renamed(earlier, (name) => {
        const before = seen.get(name) ?? 0;
        const later = (declarations.get(name) ?? 0) - before;
        return before === 0 || later === 0 ? name : `${name}${SUPERSEDED}${later}`;
      }) + "\n;\n";
    }
    return {
      code: `${code}${text}\n;\n`,
      text,
      line: code.split(/\r\n|\r|\n/).length - 1,
    };
  }

  #without(cell: string | undefined): Cell[] {
    return this.#cells.filter(({ id }) => id === undefined || id !== cell);
  }
}

/** Whether a name is that of a declaration which a later cell has superseded. */
export const isSuperseded = (name: string): boolean => name.includes(SUPERSEDED);

function isProgram(text: string): boolean {
  const compilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };
  return ts.transpileModule(text, { reportDiagnostics: true, compilerOptions })
    .diagnostics?.length === 0;
}

function parse(text: string, id?: string): Cell {
  const file = ts.createSourceFile("cell.ts", text, ts.ScriptTarget.ESNext, true);
  const mentions: Mention[] = [];
  const visit = (node: ts.Node) => {
    if (!ts.isIdentifier(node)) ts.forEachChild(node, visit);
    else if (!isMember(node)) {
      const start = node.getStart(file);
      mentions.push({ name: node.text, start, end: node.end, ...around(node) });
    }
  };
  visit(file);
  return { id, text, declared: new Set(file.statements.flatMap(declaredNames)), mentions };
}

function renamed({ text, mentions }: Cell, rename: (name: string) => string): string {
  let code = "";
  let taken = 0;
  for (const { name, start, end, before, after } of mentions) {
    const other = rename(name);
    if (other === name) continue;
    code += text.slice(taken, start) + before + other + after;
    taken = end;
  }
  return code + text.slice(taken);
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const bindings = namedBindings === undefined
      ? []
      : ts.isNamespaceImport(namedBindings)
      ? [namedBindings]
      : namedBindings.elements;
    return [name, ...bindings.map(({ name }) => name)].flatMap((name) => name?.text ?? []);
  }
  const declares = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) || ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) || ts.isImportEqualsDeclaration(statement) ||
    ts.isModuleDeclaration(statement) && !(statement.flags & ts.NodeFlags.GlobalAugmentation);
  return declares && statement.name !== undefined && ts.isIdentifier(statement.name)
    ? [statement.name.text]
    : [];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) =>
    ts.isBindingElement(element) ? boundNames(element.name) : []
  );
}

/** Whether an identifier is of something's member, and not of what is in scope. */
function isMember(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  if (ts.isQualifiedName(parent)) return parent.right === identifier;
  if (ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) {
    return parent.propertyName === identifier;
  }
  if (ts.isExportSpecifier(parent)) {
    return parent.parent.parent.moduleSpecifier !== undefined ||
      parent.propertyName !== undefined && parent.name === identifier;
  }
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  const hasName = ts.isPropertyAccessExpression(parent) || ts.isClassElement(parent) ||
    ts.isTypeElement(parent) || ts.isObjectLiteralElement(parent) || ts.isEnumMember(parent) ||
    ts.isNamedTupleMember(parent) || ts.isMetaProperty(parent) || ts.isImportAttribute(parent);
  return hasName && parent.name === identifier || ts.isImportTypeNode(parent);
}

/** What `{ name }` has to become lest another name for it name another member too. */
function around(identifier: ts.Identifier): Pick<Mention, "before" | "after"> {
  const { parent, text } = identifier;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === identifier) {
    return { before: `${text}: `, after: "" };
  }
  if (
    ts.isBindingElement(parent) && parent.name === identifier &&
    ts.isObjectBindingPattern(parent.parent) && !parent.propertyName && !parent.dotDotDotToken
  ) {
    return { before: `${text}: `, after: "" };
  }
  if (ts.isImportSpecifier(parent) && !parent.propertyName) {
    return { before: `${text} as `, after: "" };
  }
  if (ts.isExportSpecifier(parent) && !parent.propertyName) {
    return { before: "", after: ` as ${text}` };
  }
  return { before: "", after: "" };
}
