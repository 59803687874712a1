import ts from "typescript";
import {
  addNames,
  assignment,
  assignVars,
  type Declared,
  isMadeUp,
  namesDeclaredTwice,
} from "./declarations.ts";
import { dynamicImport, namesOfTypes } from "./dynamic_imports.ts";
import { cellCall, raceAwaits } from "./top_level_await.ts";

/**
 * What makes of a module's statements a script for V8's REPL mode (`Runtime.evaluate` with
 * `replMode`), which lets a later script declare a `let` again.
 *
 * The script declares the cell's names, and hands the cell itself over: `$cell.start()` gets an
 * asynchronous function that assigns them, and whose result is the cell's value.
 *
 * - Imports become dynamic and run first; functions follow; then the rest, as in a module.
 * - `const`, functions, classes, enums and namespaces become `let`, so that a later cell may make
 *   something else of the name.
 * - Top-level awaits pass `$cell.race()` or `$cell.each()`, so that Stop can end them; imports pass
 *   `$cell.named()`, which throws where the module lacks an export.
 * - `export` is left out; `export default` leaves its expression.
 * - The value is that of the last statement: an expression, or that of a block or condition.
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
      const declared: Declared = { lets: new Set(), vars: new Set() };
      const { statements } = assignVars(raceAwaits(source, context), context, declared);
      const twice = namesDeclaredTwice(statements);
      const imports: ts.Statement[] = [];
      const functions = new Map<string, ts.Statement>();
      const rest: ts.Statement[] = [];
      let value: ts.Statement | undefined;
      for (const statement of statements) {
        if (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) {
          for (const part of dynamicImport(statement, { factory, types })) {
            imports.push(...assigned(part, { factory, declared, twice }));
          }
        } else if (ts.isFunctionDeclaration(statement) && statement.name) {
          const { name } = statement;
          declared.lets.add(name.text);
          // It takes its name from the variable: one of its own would be constant within it.
          const made = factory.createAssignment(name, functionExpression(statement, factory));
          // Of functions with one name the last counts.
          functions.set(name.text, factory.createExpressionStatement(made));
        } else {
          const own = withoutExport(statement, factory);
          const made = assigned(own, { factory, declared, twice });
          rest.push(...made);
          if (!ts.isEmptyStatement(own)) value = made[0] === own ? own : undefined;
        }
      }
      if (value !== undefined) rest[rest.indexOf(value)] = returned(value, factory);
      const main = factory.createArrowFunction(
        [factory.createModifier(ts.SyntaxKind.AsyncKeyword)],
        undefined,
        [],
        undefined,
        undefined,
        factory.createBlock([...imports, ...functions.values(), ...rest], true),
      );
      return factory.updateSourceFile(source, [
        // Modules are strict.
        factory.createExpressionStatement(factory.createStringLiteral("use strict")),
        ...declaration("let", declared.lets.difference(declared.vars), factory),
        ...declaration("var", declared.vars, factory),
        factory.createExpressionStatement(cellCall("start", [main], factory)),
      ]);
    }],
  };
}

function declaration(
  kind: "let" | "var",
  names: ReadonlySet<string>,
  factory: ts.NodeFactory,
): ts.Statement[] {
  if (names.size === 0) return [];
  const declarations = [...names].map((name) => factory.createVariableDeclaration(name));
  const flags = kind === "let" ? ts.NodeFlags.Let : ts.NodeFlags.None;
  return [
    factory.createVariableStatement(
      undefined,
      factory.createVariableDeclarationList(declarations, flags),
    ),
  ];
}

/** A statement that assigns what it declared, and notes the names; what V8 refuses stays. */
function assigned(
  node: ts.Statement,
  { factory, declared, twice }: {
    factory: ts.NodeFactory;
    declared: Declared;
    twice: ReadonlySet<string>;
  },
): ts.Statement[] {
  const names = new Set<string>();
  if (ts.isVariableStatement(node)) {
    if (isMadeUp(node.declarationList)) return [node];
    const { declarations, flags } = node.declarationList;
    declarations.forEach(({ name }) => addNames(name, names));
    const isConstant = (flags & ts.NodeFlags.Const) !== 0;
    const lacksValue = isConstant && declarations.some(({ initializer }) => !initializer);
    if (lacksValue || names.intersection(twice).size > 0) return [node];
    names.forEach((name) => declared.lets.add(name));
    const statement = assignment(node.declarationList, factory);
    return statement === undefined ? [] : [ts.setTextRange(statement, node)];
  }
  if (ts.isClassDeclaration(node) && node.name && !twice.has(node.name.text)) {
    const { name, modifiers, heritageClauses, members } = node;
    declared.lets.add(name.text);
    const value = factory.createClassExpression(
      modifiers,
      name,
      undefined,
      heritageClauses,
      members,
    );
    const made = factory.createAssignment(name, ts.setTextRange(value, node));
    return [factory.createExpressionStatement(made)];
  }
  return [node];
}

/** A statement that returns its value, where it has one. */
function returned(node: ts.Statement, factory: ts.NodeFactory): ts.Statement {
  if (ts.isExpressionStatement(node)) {
    return ts.setTextRange(factory.createReturnStatement(node.expression), node);
  }
  if (ts.isBlock(node)) return returnedBlock(node, factory);
  if (ts.isLabeledStatement(node)) {
    return factory.updateLabeledStatement(node, node.label, returned(node.statement, factory));
  }
  if (ts.isIfStatement(node)) {
    const { expression, thenStatement, elseStatement } = node;
    const other = elseStatement && returned(elseStatement, factory);
    return factory.updateIfStatement(node, expression, returned(thenStatement, factory), other);
  }
  if (ts.isTryStatement(node)) {
    const { tryBlock, catchClause, finallyBlock } = node;
    return factory.updateTryStatement(
      node,
      returnedBlock(tryBlock, factory),
      catchClause && factory.updateCatchClause(
        catchClause,
        catchClause.variableDeclaration,
        returnedBlock(catchClause.block, factory),
      ),
      finallyBlock,
    );
  }
  return node;
}

function returnedBlock(block: ts.Block, factory: ts.NodeFactory): ts.Block {
  const statements = [...block.statements];
  const last = statements.pop();
  if (last === undefined) return block;
  return factory.updateBlock(block, [...statements, returned(last, factory)]);
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

/** A statement without `export`; of a default export its value. */
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
  return ts.isVariableStatement(node)
    ? factory.updateVariableStatement(node, undefined, node.declarationList)
    : node;
}
