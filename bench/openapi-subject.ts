/** An OpenAPI document of about so many bytes: operations over components that refer to each other, as large public APIs have them. */
export function openApiSubject(bytes: number): string {
  const operation = JSON.stringify(pathItem(0)).length + JSON.stringify(components(0)).length;
  const count = Math.ceil(bytes / operation);
  const indexes = Array.from({ length: count }, (_, index) => index);
  const schemas = Object.fromEntries(indexes.flatMap((index) => Object.entries(components(index))));
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Bench', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: Object.fromEntries(indexes.map((index) => [`/things${index}/{id}`, pathItem(index)])),
    components: { schemas, parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'string' } } } },
  });
}

const reference = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

function pathItem(index: number): object {
  const content = (name: string): object => ({ 'application/json': { schema: reference(name) } });
  const example = Object.fromEntries(
    Array.from({ length: 40 }, (_, member) => [`member_${member}`, 'a value of the example']),
  );
  const answer = (name: string): object => ({
    200: { description: 'The answer', content: { 'application/json': { schema: reference(name), example } } },
  });
  return {
    parameters: [{ $ref: '#/components/parameters/Id' }],
    get: {
      operationId: `get_thing_${index}`,
      parameters: [
        { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 }, description: 'Page of the list' },
      ],
      responses: answer(`Thing${index}`),
    },
    put: {
      operationId: `put_thing_${index}`,
      description: 'Replaces a thing. '.repeat(20),
      // One in ten is of the type that contains itself and unfolds.
      requestBody: { required: true, content: content(`${index % 10 === 0 ? 'Thing' : 'Base'}${index}`) },
      responses: answer(`Choice${index}`),
    },
  };
}

/** A type that contains itself and those of its neighbours, and one that the gateway does not take. */
function components(index: number): { [name: string]: object } {
  const members = Array.from({ length: 20 }, (_, member) => [
    `member_${member}`,
    { type: 'string', description: `What member ${member} of thing ${index} means, at some length`, maxLength: 100 },
  ]);
  return {
    [`Base${index}`]: { type: 'object', required: ['member_0'], properties: Object.fromEntries(members) },
    [`Thing${index}`]: {
      allOf: [
        reference(`Base${index}`),
        {
          type: 'object',
          properties: {
            parent: { anyOf: [reference(`Thing${index}`), { type: 'null' }] },
            parts: { type: 'array', items: reference(`Base${Math.max(0, index - 1)}`) },
          },
        },
      ],
    },
    [`Choice${index}`]: { oneOf: [reference(`Base${index}`), reference(`Thing${index}`)] },
  };
}
