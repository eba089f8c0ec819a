import type { BlockContent, List, PhrasingContent, RootContent, Table } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { toMarkdown } from 'mdast-util-to-markdown';

/** A page as Markdown. Escaping is the library's, because titles and notes are free text. */
export function markdown(children: readonly RootContent[]): string {
  return toMarkdown(
    { type: 'root', children: [...children] },
    { extensions: [gfmTableToMarkdown({ tablePipeAlign: false })], bullet: '-', rule: '-', emphasis: '_' },
  );
}

export function heading(depth: 1 | 2, title: string): RootContent {
  return { type: 'heading', depth, children: [words(title)] };
}

export function paragraph(...children: readonly PhrasingContent[]): BlockContent {
  return { type: 'paragraph', children: [...children] };
}

export function list(items: readonly (readonly BlockContent[])[]): List {
  return {
    type: 'list',
    spread: false,
    children: items.map((children) => ({ type: 'listItem', spread: false, children: [...children] })),
  };
}

export function table(header: readonly string[], rows: readonly (readonly (readonly PhrasingContent[])[])[]): Table {
  return {
    type: 'table',
    children: [header.map((title) => [words(title)]), ...rows].map((cells) => ({
      type: 'tableRow',
      children: cells.map((children) => ({ type: 'tableCell', children: [...children] })),
    })),
  };
}

export function words(value: string): PhrasingContent {
  return { type: 'text', value };
}

/** Words in which `backticks` mark what is written in code. */
export function prose(value: string): readonly PhrasingContent[] {
  return value.split('`').map((part, index) => (index % 2 === 0 ? words(part) : code(part)));
}

export function code(value: string): PhrasingContent {
  return { type: 'inlineCode', value };
}

export function strong(value: string): PhrasingContent {
  return { type: 'strong', children: [words(value)] };
}

export function link(url: string, child: PhrasingContent): PhrasingContent {
  // A link holds anything but another link, and nothing else is made here.
  return { type: 'link', url, children: [child as Exclude<PhrasingContent, { type: 'link' | 'linkReference' }>] };
}

/** The parts with a separator between them; the words where there are none. */
export function joined(
  parts: readonly (readonly PhrasingContent[])[],
  separator: string,
  none: string,
): readonly PhrasingContent[] {
  if (parts.length === 0) return [words(none)];
  return parts.flatMap((part, index) => (index === 0 ? part : [words(separator), ...part]));
}

/** GitHub's anchor of a heading. */
export function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}
