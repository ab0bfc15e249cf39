/**
 * A real PowerShell grammar, for tests. Its gaps: it takes smart quotes for letters, and accepts `-Name O'Brien`;
 * so string bounds and values are compared with `powershell-tokens.ts`, too.
 */
import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

export interface ParsedString {
  /** UTF-16 offsets, quotes included; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly source: string;
}

export interface ParsedPowershell {
  /** False when the tree has an ERROR or a MISSING node. */
  readonly clean: boolean;
  /** Every single-quoted string, in order. */
  readonly strings: readonly ParsedString[];
  /** The node types in order, as text: two command lines of one shape have the same. */
  readonly shape: string;
}

/** Loads the grammar once; the function it gives parses one source. */
export async function loadPowershellGrammar(): Promise<(source: string) => ParsedPowershell> {
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(wasm));
  return (source) => {
    const tree = parser.parse(source);
    if (!tree) throw new Error('The grammar gave no tree.');
    try {
      const strings: ParsedString[] = [];
      const collect = (node: Node): void => {
        if (node.type === 'verbatim_string_characters') {
          strings.push({ start: node.startIndex, end: node.endIndex, source: node.text });
        }
        for (const child of node.children) if (child) collect(child);
      };
      collect(tree.rootNode);
      return { clean: !tree.rootNode.hasError, strings, shape: tree.rootNode.toString() };
    } finally {
      tree.delete();
    }
  };
}
