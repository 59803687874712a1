import ts from "typescript";
import { dynamicImport, namesOfTypes } from "./dynamic_imports.ts";
import { raceAwaits } from "./top_level_await.ts";

/**
 * What makes of a module's statements a script for V8's REPL mode (`Runtime.evaluate` with
 * `replMode`). That mode knows top-level await and lets a later script declare a `let` again, but
 * it has no imports and no exports, and a `const`, `var` or function can become nothing else.
 *
 * - Imports become dynamic and run first; functions follow; then the rest, as in a module.
 * - `const`, functions, enums and namespaces become `let`.
 * - Top-level awaits pass `$cell.race()` or `$cell.each()`, so that Stop can end them; imports pass
 *   `$cell.named()`, which throws where the module lacks an export.
 * - `export` is left out; `export default` leaves its expression.
 *
 * The value of the script stays that of the cell's last expression statement.
 */
export function replMode(): ts.CustomTransformers {
  let types: ReadonlySet<string> = new Set();
  return {
    before: [() => (source) => {
      types = namesOfTypes(source);
      return source;
    }],
    after: [(context) => (source) => {
      const { factory } = context;
      const raced = raceAwaits(source, context);
      const varNames = namesOfVars(source);
      const imports: ts.Statement[] = [];
      const functions = new Map<string, ts.Statement>();
      const rest: ts.Statement[] = [];
      for (const statement of raced.statements) {
        if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
          imports.push(...dynamicImport(statement, { factory, types }));
        } else if (ts.isFunctionDeclaration(statement) && statement.name) {
          const { name } = statement;
          // Of functions with one name the last counts.
          functions.set(name.text, functionVariable(statement, { factory, name, varNames }));
        } else {
          rest.push(withoutExport(statement, factory));
        }
      }
      return factory.updateSourceFile(raced, [
        // Modules are strict. The directive would else be the value of a cell that has none.
        factory.createExpressionStatement(factory.createStringLiteral("use strict")),
        factory.createExpressionStatement(factory.createVoidZero()),
        ...imports,
        ...functions.values(),
        ...rest,
      ]);
    }],
  };
}

/**
 * `let f = function () {…}` for `function f() {…}`. The expression takes its name from the variable;
 * a name of its own would be constant within the function.
 */
function functionVariable(
  node: ts.FunctionDeclaration,
  { factory, name, varNames }: {
    factory: ts.NodeFactory;
    name: ts.Identifier;
    varNames: ReadonlySet<string>;
  },
): ts.Statement {
  const value = functionExpression(node, factory);
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value);
  const flags = varNames.has(name.text) ? ts.NodeFlags.None : ts.NodeFlags.Let;
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], flags),
  );
}

function functionExpression(node: ts.FunctionDeclaration, factory: ts.NodeFactory) {
  const { asteriskToken, parameters, body = factory.createBlock([]) } = node;
  const modifiers = node.modifiers?.filter(ts.isModifier).filter(isNoExport);
  return ts.setTextRange(
    factory.createFunctionExpression(
      modifiers,
      asteriskToken,
      undefined,
      undefined,
      parameters,
      undefined,
      body,
    ),
    node,
  );
}

const isNoExport = ({ kind }: ts.ModifierLike) =>
  kind !== ts.SyntaxKind.ExportKeyword && kind !== ts.SyntaxKind.DefaultKeyword;

/** A statement without `export`, and with `let` for what a later cell may declare again. */
function withoutExport(node: ts.Statement, factory: ts.NodeFactory): ts.Statement {
  const valueOf = (value: ts.Expression) =>
    ts.setTextRange(
      factory.createExpressionStatement(factory.createParenthesizedExpression(value)),
      node,
    );
  if (ts.isExportAssignment(node)) return valueOf(node.expression);
  if (ts.isFunctionDeclaration(node)) return valueOf(functionExpression(node, factory));
  if (ts.isClassDeclaration(node)) {
    const { name, heritageClauses, members } = node;
    const modifiers = node.modifiers?.filter(isNoExport);
    return name
      ? factory.updateClassDeclaration(node, modifiers, name, undefined, heritageClauses, members)
      : valueOf(
        factory.createClassExpression(modifiers, undefined, undefined, heritageClauses, members),
      );
  }
  if (ts.isVariableStatement(node)) {
    const { declarationList: list } = node;
    const declarations = canBeLet(node)
      ? ts.setTextRange(
        factory.createVariableDeclarationList(list.declarations, ts.NodeFlags.Let),
        list,
      )
      : list;
    return factory.updateVariableStatement(node, undefined, declarations);
  }
  return node;
}

/** Whether it is a `const`, or a `var` that TypeScript made (of an enum or a namespace). */
function canBeLet(node: ts.VariableStatement): boolean {
  const { declarations, flags } = node.declarationList;
  if ((flags & ts.NodeFlags.BlockScoped) === 0) {
    const original = ts.getOriginalNode(node);
    return original.pos < 0 || !ts.isVariableStatement(original);
  }
  // V8 is to refuse a constant without a value.
  return declarations.every(({ initializer }) => initializer !== undefined);
}

/** Names that the cell declares by `var`, also in its blocks and loops. */
function namesOfVars(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) return void names.add(name.text);
    for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
      node.declarations.forEach(({ name }) => add(name));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
