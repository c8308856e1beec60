// What Node.js itself takes to load a bundle with a handler.
export const handler = async (event: unknown): Promise<unknown> => event;
