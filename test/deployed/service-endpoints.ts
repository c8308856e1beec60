/** Names doubles of AWS services to every client of this process, and afterwards what was said before, since other tests run in it. */
export class ServiceEndpoints {
  private before: readonly (readonly [name: string, value: string | undefined])[] = [];

  /** @param urls addresses by service, in capitals: `CLOUDFORMATION` */
  set(urls: { readonly [service: string]: string }): void {
    const endpoints = Object.entries(urls).map(([service, url]) => [`AWS_ENDPOINT_URL_${service}`, url] as const);
    const named = {
      ...Object.fromEntries(endpoints),
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    };
    this.before = Object.keys(named).map((name) => [name, process.env[name]]);
    Object.assign(process.env, named);
  }

  restore(): void {
    for (const [name, value] of this.before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    this.before = [];
  }
}
