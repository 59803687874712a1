import ts from "typescript";

/** The global object of the kernel's agent on which the cells' code calls. */
const CELL = "$cell";

/** Lets Stop end what the cell itself awaits; what its functions await is left as it is. */
export function raceAwaits(
  source: ts.SourceFile,
  context: ts.TransformationContext,
): ts.SourceFile {
  const { factory } = context;
  const visit = (node: ts.Node): ts.Node => {
    if (
      ts.isFunctionLike(node) || ts.isPropertyDeclaration(node) ||
      ts.isClassStaticBlockDeclaration(node)
    ) {
      // Of a member the class computes the name alone by itself.
      const visitName = (child: ts.Node) => ts.isComputedPropertyName(child) ? visit(child) : child;
      return ts.isClassElement(node) ? ts.visitEachChild(node, visitName, context) : node;
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
  return ts.visitEachChild(source, visit, context);
}

/** `$cell.method(first, …)`, in the place of its first argument. */
export function cellCall(
  method: "race" | "each" | "named" | "start",
  [first, ...others]: readonly [ts.Expression, ...ts.Expression[]],
  factory: ts.NodeFactory,
): ts.Expression {
  const callee = factory.createPropertyAccessExpression(factory.createIdentifier(CELL), method);
  return ts.setTextRange(
    factory.createCallExpression(callee, undefined, [first, ...others]),
    first,
  );
}
