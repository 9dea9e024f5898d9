// A GraphQL server of graphql-js and GraphQL Yoga. Prints its port in one line of JSON; ends when its input does.
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';

const books = new Map([['1', { id: '1', title: 'Emma', shelf: 'NOVEL', year: 1815 }]]);
const book = (args) => ({ ...args, by: { name: 'Jane Austen', books: [...books.values()] } });

const typeDefs = /* GraphQL */ `
  "Where a book stands."
  enum Shelf { NOVEL POETRY }
  scalar Year
  type Author { name: String! books: [Book!]! secret(of: ID!): String }
  type Book { id: ID! title: String! shelf: Shelf! year: Year by: Author! broken: String }
  type Page { number: Int! text: String! }
  union Found = Book | Author
  input Wish { title: String! shelf: Shelf = NOVEL year: Year and: [Wish!] }
  type Query {
    "One book."
    book(id: ID!): Book
    search(text: String!, most: Int = 10): [Found!]!
    fails: Book
    whoami: String
  }
  type Mutation { add(wish: Wish!): Book! }
  type Subscription { pages(from: Int!, to: Int!): Page! fail: Page }
`;

const resolvers = {
  Found: { __resolveType: (value) => (value.title ? 'Book' : 'Author') },
  Book: {
    by: () => ({ name: 'Jane Austen', books: [...books.values()] }),
    broken: (parent) => { if (parent.id === '1') return 'whole'; throw new Error('this book is broken'); },
  },
  Query: {
    book: (_, { id }) => books.get(id) ?? null,
    search: (_, { text }) => [...[...books.values()].filter((one) => one.title.includes(text)), { name: text, books: [] }],
    fails: () => { throw new Error('nobody knows'); },
    whoami: (_, __, { request }) => request.headers.get('authorization'),
  },
  Mutation: {
    add: (_, { wish }) => {
      const added = { id: String(books.size + 1), ...wish };
      books.set(added.id, added);
      return book(added);
    },
  },
  Subscription: {
    pages: {
      subscribe: async function* (_, { from, to }) {
        for (let number = from; number <= to; number++) yield { pages: { number, text: `page ${number}` } };
      },
    },
    fail: { subscribe: async function* () { throw new Error('no stream today'); } },
  },
};

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false, maskedErrors: false });
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.resume().on('end', () => process.exit(0));
