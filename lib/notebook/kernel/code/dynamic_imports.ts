import ts from "typescript";
import { cellCall } from "./top_level_await.ts";

/**
 * Names that stand for nothing but types in this cell. An import of such a name is allowed to be
 * missing at run time; it is not left out, because a later cell may use it as a value.
 */
export function namesOfTypes(source: ts.SourceFile): ReadonlySet<string> {
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

/** The statements in the place of an `import … from` or `export … from`; types alone leave none. */
export function dynamicImport(
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
