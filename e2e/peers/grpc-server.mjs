// A gRPC server of grpc-js with its reflection and health. Prints its port in one line of JSON; ends when its input does.
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import { ReflectionService } from '@grpc/reflection';
import { HealthImplementation, protoPath } from 'grpc-health-check';

const definition = protoLoader.loadSync([fileURLToPath(new URL('stock.proto', import.meta.url)), protoPath], {
  keepCase: true, longs: String, enums: String, defaults: true, oneofs: true,
});
const stock = grpc.loadPackageDefinition(definition).stock.v1.Stock;
const server = new grpc.Server();

server.addService(stock.service, {
  Find: ({ request, metadata }, done) => {
    if (request.id === 'none') return done({ code: grpc.status.NOT_FOUND, details: 'no such item: "none" \u00fc' });
    if (request.id === 'whoami') return done(null, { id: String(metadata.get('authorization')[0] ?? '') });
    done(null, {
      id: request.id, kind: 'BOOK', amount: '9007199254740993', data: Buffer.from('abc'), shelves: { a: 1, b: 2 },
      parts: [{ id: 'inner', kind: 'TOY' }], since: { seconds: '1700000000', nanos: 0 }, title: 'Emma',
    });
  },
  Watch: (call) => {
    for (let i = 1; i <= call.request.most; i++) call.write({ id: `n${i}` });
    call.end();
  },
  Store: (call, done) => done(null, {}),
});
new ReflectionService(definition).addToServer(server);
new HealthImplementation({ '': 'SERVING' }).addToServer(server);
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (failure, port) => {
  if (failure) throw failure;
  console.log(JSON.stringify({ port }));
});
process.stdin.resume().on('end', () => process.exit(0));
