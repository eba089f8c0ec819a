/** The resource provider that a path belongs to: the last one that it names, empty where ARM itself answers. */
export function namespaceOf(path: string): string {
  const start = path.toLowerCase().lastIndexOf('/providers/');
  return start < 0 ? '' : (path.slice(start + '/providers/'.length).split('/')[0] ?? '');
}
