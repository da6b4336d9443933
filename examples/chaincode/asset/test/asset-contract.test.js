'use strict';

const assert = require('node:assert');
const { test } = require('node:test');
const { AssetContract } = require('../lib/asset-contract');
const { argumentsFrom } = require('../server');

// The part of a stub that the contract uses, over a map.
function context() {
  const state = new Map();
  const events = [];
  return {
    events,
    stub: {
      getState: async (key) => state.get(key) ?? Buffer.alloc(0),
      putState: async (key, value) => void state.set(key, value),
      deleteState: async (key) => void state.delete(key),
      setEvent: (name) => void events.push(name),
      async *getStateByRange(from, to) {
        for (const [key, value] of [...state].sort()) {
          if (key >= from && (to === '' || key < to)) {
            yield { key, value };
          }
        }
      },
      async *getHistoryForKey(key) {
        yield { txId: 'b', timestamp: { seconds: 1, nanos: 5e6 }, isDelete: true, value: Buffer.alloc(0) };
        yield { txId: 'a', timestamp: { seconds: 0, nanos: 0 }, isDelete: false, value: Buffer.from(JSON.stringify({ id: key })) };
      },
    },
  };
}

const contract = new AssetContract();

test('an asset lives from creation to deletion', async () => {
  const ctx = context();
  await contract.Create(ctx, 'a1', 'ann', '10');
  await contract.Update(ctx, 'a1', '20');
  await contract.Transfer(ctx, 'a1', 'bob');

  assert.strictEqual(await contract.Read(ctx, 'a1'), '{"id":"a1","owner":"bob","value":20}');
  await contract.Delete(ctx, 'a1');
  assert.strictEqual(await contract.Exists(ctx, 'a1'), false);
  assert.deepStrictEqual(ctx.events, ['AssetCreated', 'AssetUpdated', 'AssetTransferred', 'AssetDeleted']);
});

test('what makes no sense is refused', async () => {
  const ctx = context();
  await contract.Create(ctx, 'a1', 'ann', '10');

  await assert.rejects(contract.Create(ctx, 'a1', 'bob', '1'), /exists/);
  await assert.rejects(contract.Create(ctx, '', 'bob', '1'), /id is empty/);
  await assert.rejects(contract.Update(ctx, 'a1', '1.5'), /no whole number/);
  await assert.rejects(contract.Transfer(ctx, 'a2', 'bob'), /does not exist/);
  await assert.rejects(contract.Delete(ctx, 'a2'), /does not exist/);
});

test('a range gives its assets in order', async () => {
  const ctx = context();
  for (const id of ['c', 'a', 'b']) {
    await contract.Create(ctx, id, 'ann', '1');
  }

  assert.deepStrictEqual(JSON.parse(await contract.List(ctx, 'a', 'c')).map((asset) => asset.id), ['a', 'b']);
  assert.strictEqual(JSON.parse(await contract.List(ctx, '', '')).length, 3);
});

test('a history tells what became of an asset', async () => {
  assert.deepStrictEqual(JSON.parse(await contract.History(context(), 'a1')), [
    { transaction: 'b', time: '1970-01-01T00:00:01.005Z', asset: null },
    { transaction: 'a', time: '1970-01-01T00:00:00.000Z', asset: { id: 'a1' } },
  ]);
});

test('the server takes its settings from the environment', () => {
  const settings = { CHAINCODE_SERVER_ADDRESS: '0.0.0.0:9999', CHAINCODE_ID: 'asset_1.0:ab', CHAINCODE_TLS_CERT_FILE: 'c', CHAINCODE_TLS_KEY_FILE: 'k' };

  assert.ok(argumentsFrom(settings).join(' ').endsWith('--chaincode-tls-cert-file c --chaincode-tls-key-file k'));
  assert.ok(!argumentsFrom({ ...settings, CHAINCODE_TLS_DISABLED: 'true' }).includes('c'));
  assert.throws(() => argumentsFrom({ ...settings, CHAINCODE_ID: '' }), /CHAINCODE_ID is not set/);
});
