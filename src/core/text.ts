/**
 * A sentence for people, kept apart from its values so that it can be shown in any language.
 * `message` is English, whole, with `{0}`-style places; it is also the key of the translation.
 */
export interface Text {
  readonly message: string;
  readonly args: readonly TextArgument[];
}

export type TextArgument = string | number | Text;

/** Translations by English message, as VS Code's own `l10n` bundles are shaped. */
export type TextBundle = Readonly<Record<string, string>>;

/** Declares a sentence. The message must be a literal: the translation bundle is collected from these calls. */
export function text(message: string, ...args: readonly TextArgument[]): Text {
  return { message, args };
}

/** Writes a sentence out in the bundle's language, or in English where the bundle has no such sentence. */
export function renderText(sentence: Text, bundle: TextBundle = {}): string {
  const message = Object.hasOwn(bundle, sentence.message) ? (bundle[sentence.message] ?? '') : sentence.message;
  return message.replace(/\{(\d+)\}/g, (place, index: string) => {
    const argument = sentence.args[Number(index)];
    if (argument === undefined) return place;
    return typeof argument === 'object' ? renderText(argument, bundle) : String(argument);
  });
}
