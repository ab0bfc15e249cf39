/**
 * What a source file takes from elsewhere: the specifiers it imports and, for pure code, the names it reaches for.
 * Read from syntax trees, so that text in comments and strings is no import and nothing hides behind layout.
 */
import { parse as parseAstro } from '@astrojs/compiler-rs';
import { mdxToMdast } from 'satteri';
import ts from 'typescript';

/** Where in a file code stands. In an Astro component the script runs in the browser, the rest in the build. */
export interface Imports {
  readonly main: readonly string[];
  readonly script: readonly string[];
}

/** Stands for an import whose specifier is no plain text, which no law can judge. */
export const computedSpecifier = '(computed)';

/** @param path Decides by its ending how the source is read: `.ts`, `.astro` or `.mdx`. */
export function readImports(path: string, source: string): Imports {
  if (path.endsWith('.astro')) return readAstroImports(source);
  if (path.endsWith('.mdx')) return { main: readMdxImports(source), script: [] };
  return { main: readTypeScriptImports(source), script: [] };
}

/** Every specifier: import, export from, `import()`, `require()`, types, `import.meta.glob`, and reference comments. */
function readTypeScriptImports(source: string): string[] {
  const file = ts.createSourceFile('file.ts', source, ts.ScriptTarget.Latest, true);
  const references = [...file.referencedFiles, ...file.typeReferenceDirectives, ...file.libReferenceDirectives];
  const found = references.map(({ fileName }) => fileName);
  const take = (node: ts.Node | undefined) =>
    found.push(node !== undefined && ts.isStringLiteralLike(node) ? node.text : computedSpecifier);

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) take(node.moduleSpecifier);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) take(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) take(node.expression);
    else if (ts.isImportTypeNode(node)) take(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined);
    else if (ts.isCallExpression(node)) {
      if (node.expression.kind === ts.SyntaxKind.ImportKeyword) take(node.arguments[0]);
      else if (/^(require|import\.meta\.(glob|resolve))$/.test(node.expression.getText(file))) {
        const [first] = node.arguments;
        if (first !== undefined && ts.isArrayLiteralExpression(first)) first.elements.forEach(take);
        else take(first);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

interface AstroNode {
  readonly type?: string;
  readonly [property: string]: unknown;
}

function readAstroImports(source: string): Imports {
  const { ast, diagnostics } = parseAstro(source);
  const [fault] = diagnostics;
  if (fault !== undefined) throw new Error(`The component cannot be read: ${fault.text}`);
  const main: string[] = [];
  const scripts: string[] = [];
  const take = (node: unknown) =>
    main.push(isNode(node) && typeof node['value'] === 'string' ? node['value'] : computedSpecifier);

  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isNode(node)) return;
    if (node.type === 'AstroScript') return void scripts.push(textOfRange(source, node));
    if (
      node.type?.startsWith('Import') === true ||
      node.type?.startsWith('Export') === true ||
      node.type === 'TSImportType'
    ) {
      if (isNode(node['source'])) take(node['source']);
    } else if (node.type === 'TSExternalModuleReference') {
      take(node['expression']);
    } else if (node.type === 'CallExpression' && isNode(node['callee'])) {
      const [first] = Array.isArray(node['arguments']) ? node['arguments'] : [];
      if (/^(require|import\.meta\.(glob|resolve))$/.test(textOfRange(source, node['callee']))) {
        if (isNode(first) && Array.isArray(first['elements'])) first['elements'].forEach(take);
        else take(first);
      }
    }
    Object.values(node).forEach(visit);
  };
  visit(ast);
  return { main, script: scripts.flatMap(readTypeScriptImports) };
}

const isNode = (value: unknown): value is AstroNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOfRange = (source: string, node: AstroNode) =>
  new TextDecoder().decode(new TextEncoder().encode(source).slice(Number(node['start']), Number(node['end'])));

function readMdxImports(source: string): string[] {
  const found: string[] = [];
  const visit = (node: { type: string; value?: unknown; children?: readonly unknown[] }): void => {
    if (node.type === 'mdxjsEsm' || node.type === 'mdxFlowExpression' || node.type === 'mdxTextExpression') {
      found.push(...readTypeScriptImports(String(node.value)));
    }
    for (const child of node.children ?? []) visit(child as typeof node);
  };
  visit(mdxToMdast(source) as Parameters<typeof visit>[0]);
  return found;
}

/** The language itself: everything else a pure file uses must come in as an argument or an import. */
const language = new Set(
  `undefined NaN Infinity Object Array String Number Boolean BigInt Symbol Math JSON Map Set WeakMap WeakSet RegExp
  Error TypeError RangeError Date Temporal Intl Promise Iterator Reflect Proxy ArrayBuffer DataView Uint8Array Uint16Array
  Uint32Array Int8Array Int16Array Int32Array Float32Array Float64Array BigInt64Array BigUint64Array Uint8ClampedArray
  parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI`.split(/\s+/),
);

/** Namespaces that hold something impure: they may be used by member only, so that no other name can stand for them. */
const byMemberOnly: Readonly<Record<string, ReadonlySet<string>>> = {
  Date: new Set(['now']),
  Math: new Set(['random']),
  Temporal: new Set(['Now']),
};

/** Members that answer by this computer's zone or language. */
const localMembers = new Set(
  `getDate getDay getFullYear getHours getMinutes getMonth getTimezoneOffset setDate setFullYear setHours setMinutes
  setMonth toDateString toTimeString toLocaleDateString toLocaleTimeString toLocaleString`.split(/\s+/),
);

/** Members that answer by this computer's language, unless they are called with one: how many arguments that takes. */
const argumentsWithLanguage: Readonly<Record<string, number>> = {
  localeCompare: 2,
  toLocaleLowerCase: 1,
  toLocaleUpperCase: 1,
};

/**
 * Finds what makes a file impure: names it did not declare, the clock, chance, and this computer's zone or language.
 *
 * @returns One phrase for each, with its line: `3: Date.now reads the clock`. None when the file is pure.
 * @example findImpurities('export const a = () => Math.random();') //=> ['1: Math.random is chance']
 */
export function findImpurities(source: string): string[] {
  const { file, checker } = bindAlone(source);
  const found: string[] = [];
  const report = (node: ts.Node, phrase: string) =>
    found.push(`${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}: ${phrase}`);

  const visit = (node: ts.Node): void => {
    if (isType(node)) return;
    if (ts.isMetaProperty(node)) report(node, `${node.getText(file)} is the place of this file`);
    if (ts.isIdentifier(node) && isFreeValue(node, checker)) reportFreeName(node, report);
    const member = memberOf(node);
    if (member !== undefined && localMembers.has(member)) report(node, `${member} depends on this computer`);
    const needed = member === undefined ? undefined : argumentsWithLanguage[member];
    if (needed !== undefined && argumentsGivenTo(node) < needed) {
      report(node, `${member} without a language depends on this computer`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function reportFreeName(node: ts.Identifier, report: (node: ts.Node, phrase: string) => void): void {
  const name = node.text;
  const parent = node.parent;
  if (!language.has(name)) return void report(node, `${name} is neither declared here nor part of the language`);

  const impure = byMemberOnly[name];
  if (impure !== undefined) {
    const member =
      parent !== undefined && 'expression' in parent && parent.expression === node ? memberOf(parent) : undefined;
    if (member !== undefined && impure.has(member)) {
      return void report(parent, `${name}.${member} ${name === 'Math' ? 'is chance' : 'reads the clock'}`);
    }
    const isInstanceTest =
      ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
    if (name === 'Date' && ts.isNewExpression(parent) && parent.expression === node) {
      if (parent.arguments?.length !== 1)
        report(parent, 'new Date takes one argument: none reads the clock, more use the local zone');
    } else if (member === undefined && !isInstanceTest && !ts.isTypeOfExpression(parent)) {
      report(node, `${name} is used other than by a member`);
    }
  }
  if (name === 'Intl') reportIntl(node, report);
}

/** A formatter without a named language or, for dates, a named zone follows this computer's settings. */
function reportIntl(node: ts.Identifier, report: (node: ts.Node, phrase: string) => void): void {
  const access = node.parent;
  const member = memberOf(access);
  if (member === undefined) return void report(node, 'Intl is used other than by a member');
  const call = access.parent;
  const isMade = (ts.isNewExpression(call) || ts.isCallExpression(call)) && call.expression === access;
  if (!isMade) return;
  const [language_, options] = call.arguments ?? [];
  if (language_ === undefined || language_.getText() === 'undefined') report(call, `Intl.${member} needs a language`);
  if (member !== 'DateTimeFormat') return;
  const hasZone =
    options !== undefined &&
    ts.isObjectLiteralExpression(options) &&
    options.properties.some((property) => property.name?.getText() === 'timeZone');
  if (!hasZone) report(call, 'Intl.DateTimeFormat needs a timeZone');
}

/** The member a node reads, when its name is in the text: `a.b`, `a['b']`, or `b` in `const { b } = a`. */
function memberOf(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return node.argumentExpression.text;
  }
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const name = node.propertyName ?? node.name;
    return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
  }
  return undefined;
}

/** Types are gone before anything runs; only `class A extends B` looks like a type and holds a value. */
function isType(node: ts.Node): boolean {
  if (!ts.isExpressionWithTypeArguments(node)) return ts.isTypeNode(node);
  return !(
    ts.isHeritageClause(node.parent) &&
    node.parent.token === ts.SyntaxKind.ExtendsKeyword &&
    ts.isClassLike(node.parent.parent)
  );
}

const argumentsGivenTo = ({ parent }: ts.Node): number => (ts.isCallExpression(parent) ? parent.arguments.length : 0);

/** Whether an identifier is used as a value and declared nowhere in its file. */
function isFreeValue(node: ts.Identifier, checker: ts.TypeChecker): boolean {
  const { parent } = node;
  const isName =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isBindingElement(parent) && parent.propertyName === node) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isLabeledStatement(parent) ||
    ts.isBreakOrContinueStatement(parent) ||
    ts.isMetaProperty(parent) ||
    ts.isQualifiedName(parent);
  if (isName) return false;
  const symbol = ts.isShorthandPropertyAssignment(parent)
    ? checker.getShorthandAssignmentValueSymbol(parent)
    : checker.getSymbolAtLocation(node);
  return symbol?.declarations === undefined || symbol.declarations.length === 0;
}

/** One file with nothing around it, so that a name without a declaration is a name from outside. */
function bindAlone(source: string): { file: ts.SourceFile; checker: ts.TypeChecker } {
  const file = ts.createSourceFile('/file.ts', source, ts.ScriptTarget.Latest, true);
  const host: ts.CompilerHost = {
    getSourceFile: (name) => (name === '/file.ts' ? file : undefined),
    getDefaultLibFileName: () => '/lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === '/file.ts',
    readFile: () => undefined,
  };
  const options = { noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.Latest };
  return { file, checker: ts.createProgram(['/file.ts'], options, host).getTypeChecker() };
}
