/** Who wants to know of something. Like VS Code's emitter, but for code that knows nothing of VS Code. */
export class Listeners<T = void> {
  private readonly all = new Set<(value: T) => void>();

  /** Calls the listener each time; the result stops that. */
  add(listener: (value: T) => void): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  emit(value: T): void {
    for (const listener of this.all) listener(value);
  }
}
