import darkModern from '../themes/dark-modern.json' with { type: 'json' };
import highContrast from '../themes/high-contrast.json' with { type: 'json' };
import highContrastLight from '../themes/high-contrast-light.json' with { type: 'json' };
import lightModern from '../themes/light-modern.json' with { type: 'json' };

/** What VS Code gives a webview: the variables of a theme, and the class of its kind. */
export interface Theme {
  readonly name: string;
  readonly kind: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Read from VS Code 1.139 itself, reduced to what the page, its toolkit and VS Code's own webview styles read. */
export const THEMES = {
  'dark-modern': darkModern,
  'light-modern': lightModern,
  'high-contrast': highContrast,
  'high-contrast-light': highContrastLight,
} as const satisfies Record<string, Theme>;

export type ThemeName = keyof typeof THEMES;

export const THEME_NAMES = Object.keys(THEMES) as ThemeName[];
