/** Classes of names that were joined. */
export class UnionFind {
  private readonly parents = new Map<string, string>();

  /** The name that stands for the class of a name. */
  find(name: string): string {
    let root = name;
    for (let parent = this.parents.get(root); parent !== undefined; parent = this.parents.get(root)) root = parent;
    return root;
  }

  join(a: string, b: string): void {
    const [from, to] = [this.find(a), this.find(b)];
    if (from !== to) this.parents.set(from, to);
  }
}
