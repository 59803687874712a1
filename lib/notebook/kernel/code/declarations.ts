import ts from "typescript";

/** The names that a cell declares for those after it, by how they are declared. */
export interface Declared {
  readonly lets: Set<string>;
  /** A `var` keeps its value where it is declared again without one. */
  readonly vars: Set<string>;
}

/**
 * Makes assignments of what the cell declares by `var`, in its blocks and loops too; its functions'
 * are left as they are. The names are noted.
 */
export function assignVars(
  source: ts.SourceFile,
  context: ts.TransformationContext,
  declared: Declared,
): ts.SourceFile {
  const { factory } = context;
  const note = (list: ts.VariableDeclarationList) => {
    const names = isGenerated(list) ? declared.lets : declared.vars;
    list.declarations.forEach(({ name }) => addNames(name, names));
  };
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return node;
    if (ts.isVariableDeclarationList(node) && isMadeUp(node)) return node;
    const visited = ts.visitEachChild(node, visit, context);
    if (
      ts.isVariableStatement(visited) && isVar(visited.declarationList) &&
      !isMadeUp(visited.declarationList)
    ) {
      note(visited.declarationList);
      return assignment(visited.declarationList, factory) ?? factory.createEmptyStatement();
    }
    if (ts.isForStatement(visited) && isVarList(visited.initializer)) {
      note(visited.initializer);
      const { initializer, condition, incrementor, statement } = visited;
      const values = assignment(initializer, factory)?.expression;
      return factory.updateForStatement(visited, values, condition, incrementor, statement);
    }
    if (ts.isForInStatement(visited) && isVarList(visited.initializer)) {
      note(visited.initializer);
      const target = targetOf(visited.initializer.declarations[0].name, factory);
      return factory.updateForInStatement(visited, target, visited.expression, visited.statement);
    }
    if (ts.isForOfStatement(visited) && isVarList(visited.initializer)) {
      note(visited.initializer);
      const { awaitModifier, initializer, expression, statement } = visited;
      const target = targetOf(initializer.declarations[0].name, factory);
      return factory.updateForOfStatement(visited, awaitModifier, target, expression, statement);
    }
    return visited;
  };
  return ts.visitEachChild(source, visit, context);
}

/** Adds the names that a pattern declares. */
export function addNames(name: ts.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(name)) return void names.add(name.text);
  for (const element of name.elements) {
    if (ts.isBindingElement(element)) addNames(element.name, names);
  }
}

/** `a = 1, { b } = c` for `let a = 1, { b } = c`; undefined where there is nothing to assign. */
export function assignment(
  list: ts.VariableDeclarationList,
  factory: ts.NodeFactory,
): ts.ExpressionStatement | undefined {
  const assignments = list.declarations.flatMap((declaration) => {
    const { name, initializer } = declaration;
    if (initializer === undefined) return [];
    const assigned = factory.createAssignment(targetOf(name, factory), initializer);
    return [ts.setTextRange(assigned, declaration)];
  });
  if (assignments.length === 0) return undefined;
  const [first] = assignments;
  const expression = assignments.length === 1
    ? first
    : factory.createCommaListExpression(assignments);
  // An object pattern may not stand where a statement begins.
  return factory.createExpressionStatement(
    ts.isObjectLiteralExpression(first.left)
      ? factory.createParenthesizedExpression(expression)
      : expression,
  );
}

/** The names that the cell's own statements declare more than once, which V8 is to refuse. */
export function namesDeclaredTwice(statements: readonly ts.Statement[]): ReadonlySet<string> {
  const [once, twice] = [new Set<string>(), new Set<string>()];
  for (const statement of statements) {
    const names = new Set<string>();
    if (ts.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations) {
        const own = new Set<string>();
        addNames(name, own);
        own.forEach((name) => (names.has(name) ? twice : names).add(name));
      }
    } else if (ts.isClassDeclaration(statement) && statement.name) names.add(statement.name.text);
    names.forEach((name) => (once.has(name) ? twice : once).add(name));
  }
  return twice;
}

/** What stands left of `=` for a name or pattern that is declared. */
function targetOf(name: ts.BindingName, factory: ts.NodeFactory): ts.Expression {
  if (ts.isIdentifier(name)) return name;
  const withDefault = (target: ts.Expression, value: ts.Expression | undefined) =>
    value === undefined ? target : factory.createAssignment(target, value);
  if (ts.isArrayBindingPattern(name)) {
    return factory.createArrayLiteralExpression(name.elements.map((element) => {
      if (ts.isOmittedExpression(element)) return element;
      const target = targetOf(element.name, factory);
      return element.dotDotDotToken
        ? factory.createSpreadElement(target)
        : withDefault(target, element.initializer);
    }));
  }
  return factory.createObjectLiteralExpression(
    name.elements.map(({ dotDotDotToken, propertyName, name, initializer }) => {
      if (dotDotDotToken) return factory.createSpreadAssignment(targetOf(name, factory));
      if (propertyName === undefined && ts.isIdentifier(name)) {
        return factory.createShorthandPropertyAssignment(name, initializer);
      }
      const target = withDefault(targetOf(name, factory), initializer);
      return factory.createPropertyAssignment(propertyName ?? "", target);
    }),
  );
}

const isVar = (list: ts.VariableDeclarationList) => (list.flags & ts.NodeFlags.BlockScoped) === 0;

const isVarList = (node: ts.Node | undefined): node is ts.VariableDeclarationList =>
  node !== undefined && ts.isVariableDeclarationList(node) && isVar(node);

/** Whether its names are TypeScript's own inventions, such as `env_1`, which no other cell needs. */
export const isMadeUp = ({ declarations }: ts.VariableDeclarationList): boolean =>
  declarations.every(({ name }) => ts.isIdentifier(name) && ts.getOriginalNode(name).pos < 0);

/** Whether TypeScript made it, of an enum or a namespace, which are fresh each time. */
function isGenerated(list: ts.VariableDeclarationList): boolean {
  const original = ts.getOriginalNode(list);
  return original.pos < 0 || !ts.isVariableDeclarationList(original);
}
