import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A sentence for people, and where it stands. */
export interface SentenceUse {
  readonly message: string;
  /** How many values are given for its places; undefined where they are spread from a list. */
  readonly values: number | undefined;
  /** `src/core/plan/plan.ts:80` */
  readonly place: string;
}

/** The folders whose sentences people see. */
const FOLDERS = ['src', 'webview'];

/** Every sentence that the source declares with `text('…')`. @throws where the first argument is not a literal. */
export function readSentences(root: string): readonly SentenceUse[] {
  return FOLDERS.flatMap((folder) => typeScriptFiles(join(root, folder))).flatMap((path) =>
    sentencesIn(relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')),
  );
}

/** The sentences of one file: calls of the `text` that it imports from core. */
export function sentencesIn(path: string, content: string): readonly SentenceUse[] {
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true);
  const name = importedName(source);
  const found: SentenceUse[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name) {
      found.push(sentenceOf(node, source));
    }
    ts.forEachChild(node, visit);
  };
  if (name !== undefined) visit(source);
  return found;
}

/** What the file calls the `text` of `core/text`; undefined where it does not import it. */
function importedName(source: ts.SourceFile): string | undefined {
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const named = statement.importClause?.namedBindings;
    if (!/(^|\/)text$/.test(statement.moduleSpecifier.text) || !named || !ts.isNamedImports(named)) continue;
    const own = named.elements.find((element) => (element.propertyName ?? element.name).text === 'text');
    if (own) return own.name.text;
  }
  return undefined;
}

function sentenceOf(call: ts.CallExpression, source: ts.SourceFile): SentenceUse {
  const { line } = source.getLineAndCharacterOfPosition(call.getStart(source));
  const place = `${source.fileName}:${line + 1}`;
  const [message, ...values] = call.arguments;
  if (message === undefined || !ts.isStringLiteralLike(message)) {
    throw new Error(`${place}: a sentence has to be a literal, or it cannot be translated.`);
  }
  return { message: message.text, values: values.some(ts.isSpreadElement) ? undefined : values.length, place };
}

/** The places of a sentence: 0 and 2 for `{0} of {2}`. */
export function placesOf(message: string): ReadonlySet<number> {
  return new Set([...message.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index)));
}

/** The bundle of English sentences, as VS Code shapes it. What has no words is the same in every language. */
export function sentenceBundle(sentences: readonly SentenceUse[]): Readonly<Record<string, string>> {
  const messages = new Set(sentences.map(({ message }) => message).filter(isSentence));
  return Object.fromEntries([...messages].sort().map((message) => [message, message]));
}

/** Places alone are the same in every language; punctuation between them is not. */
function isSentence(message: string): boolean {
  return message.replace(/\{\d+\}/g, '').trim() !== '';
}

function typeScriptFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
