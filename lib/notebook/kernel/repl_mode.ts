import ts from "typescript";

/** The global object of the kernel's agent on which the cells' code calls. */
const CELL = "$cell";

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
      const { awaits, varNames } = raceAwaits(source, context);
      const imports: ts.Statement[] = [];
      const functions = new Map<string, ts.Statement>();
      const rest: ts.Statement[] = [];
      for (const statement of awaits.statements) {
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
      return factory.updateSourceFile(awaits, [
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
 * Names that stand for nothing but types in this cell. An import of such a name is allowed to be
 * missing at run time; it is not left out, because a later cell may use it as a value.
 */
function namesOfTypes(source: ts.SourceFile): ReadonlySet<string> {
  const types = new Set<string>();
  const values = new Set<string>();
  const visit = (node: ts.Node, isType: boolean, parent: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIdentifier(node)) {
      const isOwnName = "name" in parent && parent.name === node &&
        !ts.isShorthandPropertyAssignment(parent);
      if (!isOwnName) (isType ? types : values).add(node.text);
    }
    const isExtended = ts.isExpressionWithTypeArguments(node) && ts.isHeritageClause(parent) &&
      parent.token === ts.SyntaxKind.ExtendsKeyword && ts.isClassLike(parent.parent);
    const isTypeHere = !isExtended &&
      (isType || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) ||
        ts.isTypeAliasDeclaration(node));
    ts.forEachChild(node, (child) => visit(child, isTypeHere, node));
  };
  visit(source, false, source);
  return types.difference(values);
}

/** Lets what the cell itself awaits be stopped, and collects the names that it declares by `var`. */
function raceAwaits(source: ts.SourceFile, context: ts.TransformationContext) {
  const { factory } = context;
  const varNames = new Set<string>();
  const visit = (node: ts.Node): ts.Node => {
    if (
      ts.isFunctionLike(node) || ts.isPropertyDeclaration(node) ||
      ts.isClassStaticBlockDeclaration(node)
    ) {
      // Of a member the class computes the name alone by itself.
      const visitName = (child: ts.Node) => ts.isComputedPropertyName(child) ? visit(child) : child;
      return ts.isClassElement(node) ? ts.visitEachChild(node, visitName, context) : node;
    }
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0) {
      node.declarations.forEach(({ name }) => addNames(name, varNames));
    }
    const visited = ts.visitEachChild(node, visit, context);
    if (ts.isAwaitExpression(visited)) {
      return factory.updateAwaitExpression(
        visited,
        cellCall("race", [visited.expression], factory),
      );
    }
    if (ts.isForOfStatement(visited) && visited.awaitModifier) {
      const { awaitModifier, initializer, expression, statement } = visited;
      const values = cellCall("each", [expression], factory);
      return factory.updateForOfStatement(visited, awaitModifier, initializer, values, statement);
    }
    return visited;
  };
  return { awaits: ts.visitEachChild(source, visit, context), varNames };
}

function addNames(name: ts.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(name)) return void names.add(name.text);
  for (const element of name.elements) {
    if (ts.isBindingElement(element)) addNames(element.name, names);
  }
}

/** `$cell.method(first, …)`, in the place of its first argument. */
function cellCall(
  method: "race" | "each" | "named",
  [first, ...others]: readonly [ts.Expression, ...ts.Expression[]],
  factory: ts.NodeFactory,
): ts.Expression {
  const callee = factory.createPropertyAccessExpression(factory.createIdentifier(CELL), method);
  const call = factory.createCallExpression(callee, undefined, [first, ...others]);
  // V8 names the place of the method where an error comes from within.
  ts.setSourceMapRange(callee.name, ts.getSourceMapRange(first));
  return ts.setTextRange(call, first);
}

/** The statements in the place of an `import … from` or `export … from`; types alone leave none. */
function dynamicImport(
  node: ts.ImportDeclaration | ts.ExportDeclaration,
  { factory, types }: { factory: ts.NodeFactory; types: ReadonlySet<string> },
): ts.Statement[] {
  const { moduleSpecifier, attributes } = node;
  if (moduleSpecifier === undefined || namesTypesAlone(ts.getOriginalNode(node))) return [];
  const imported = factory.createCallExpression(
    // Prints the keyword, which alone keeps relative specifiers relative to the cell.
    factory.createIdentifier("import"),
    undefined,
    [moduleSpecifier, ...attributes ? [withAttributes(attributes, factory)] : []],
  );
  ts.setTextRange(imported, moduleSpecifier);
  let module: ts.Expression = ts.setTextRange(
    factory.createAwaitExpression(cellCall("race", [imported], factory)),
    moduleSpecifier,
  );
  const { name, namedBindings } = ts.isImportDeclaration(node) && node.importClause || {};
  const elements = [
    ...name ? [factory.createBindingElement(undefined, "default", name)] : [],
    ...namedBindings && ts.isNamedImports(namedBindings)
      ? namedBindings.elements.map(({ propertyName, name }) =>
        factory.createBindingElement(undefined, propertyName, name)
      )
      : [],
  ];
  const required = elements.flatMap(({ propertyName, name }) => {
    if (!ts.isIdentifier(name) || types.has(name.text)) return [];
    const { text } = propertyName && !ts.isComputedPropertyName(propertyName) ? propertyName : name;
    return [factory.createStringLiteral(text)];
  });
  if (required.length > 0) {
    const names = factory.createArrayLiteralExpression(required);
    const specifier = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
    module = cellCall("named", [module, names, factory.createStringLiteral(specifier)], factory);
  }
  const pattern = factory.createObjectBindingPattern(elements);
  const declare = (name: ts.BindingName, initializer: ts.Expression) =>
    factory.createVariableDeclaration(name, undefined, undefined, initializer);
  const declarations = namedBindings && ts.isNamespaceImport(namedBindings)
    ? [
      declare(namedBindings.name, module),
      ...name ? [declare(pattern, factory.createIdentifier(namedBindings.name.text))] : [],
    ]
    : elements.length > 0
    ? [declare(pattern, module)]
    : [];
  return [
    declarations.length > 0
      ? factory.createVariableStatement(
        undefined,
        factory.createVariableDeclarationList(declarations, ts.NodeFlags.Let),
      )
      // Without `void` the module would be the value of a cell that only imports.
      : factory.createExpressionStatement(factory.createVoidExpression(module)),
  ];
}

/** Whether every name of an import or export has the modifier `type`. */
function namesTypesAlone(node: ts.Node): boolean {
  const named = ts.isExportDeclaration(node)
    ? node.exportClause
    : ts.isImportDeclaration(node) && node.importClause?.name === undefined
    ? node.importClause?.namedBindings
    : undefined;
  return named !== undefined && (ts.isNamedImports(named) || ts.isNamedExports(named)) &&
    named.elements.length > 0 && named.elements.every(({ isTypeOnly }) => isTypeOnly);
}

/** `{ with: { type: "json" } }` */
function withAttributes({ elements }: ts.ImportAttributes, factory: ts.NodeFactory) {
  const properties = elements.map(({ name, value }) =>
    factory.createPropertyAssignment(name, value)
  );
  return factory.createObjectLiteralExpression([
    factory.createPropertyAssignment("with", factory.createObjectLiteralExpression(properties)),
  ]);
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
