// Uses a network through Fabric's gateway with what Baas exports, nothing edited:
//   node client.js PROFILE IDENTITY CHANNEL CHAINCODE submit|evaluate FUNCTION [ARGUMENT …]     prints the answer
//   node client.js PROFILE IDENTITY CHANNEL CHAINCODE create COUNT                             makes assets, prints "committed ID" for each
// PROFILE is the JSON of `baas profile --json`, IDENTITY the folder of `baas identity`.
import { connect, hash, signers } from '@hyperledger/fabric-gateway';
import * as grpc from '@grpc/grpc-js';
import { createPrivateKey } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const PARALLEL = 4;
const RETRY_LIMIT_MS = 90_000;

const [profileFile, identityFolder, channel, chaincode, verb, ...rest] = process.argv.slice(2);
const profile = JSON.parse(readFileSync(profileFile, 'utf8'));
const mspId = profile.client.organization;
const only = (folder) => readFileSync(join(folder, readdirSync(folder)[0]));

const peer = profile.peers[profile.organizations[mspId].peers[0]];
const client = new grpc.Client(peer.url.replace('grpcs://', ''), grpc.credentials.createSsl(Buffer.from(peer.tlsCACerts.pem)), {
  'grpc.ssl_target_name_override': peer.grpcOptions['ssl-target-name-override'],
});
const key = createPrivateKey(only(join(identityFolder, 'msp', 'keystore')));
const gateway = connect({
  client,
  hash: key.asymmetricKeyType === 'ed25519' ? hash.none : hash.sha256, // Ed25519 signs the message itself
  identity: { mspId, credentials: only(join(identityFolder, 'msp', 'signcerts')) },
  signer: signers.newPrivateKeySigner(key),
  endorseOptions: () => ({ deadline: Date.now() + 30_000 }),
  evaluateOptions: () => ({ deadline: Date.now() + 15_000 }),
  submitOptions: () => ({ deadline: Date.now() + 15_000 }),
  commitStatusOptions: () => ({ deadline: Date.now() + 20_000 }),
});
const contract = gateway.getNetwork(channel).getContract(chaincode);
const text = (bytes) => Buffer.from(bytes).toString();

// What failed may be in the ledger nevertheless: look before it is made again. A second one would be refused by the chaincode, or by its read set.
async function createForSure(id) {
  const deadline = Date.now() + RETRY_LIMIT_MS;
  for (;;) {
    try {
      if (text(await contract.evaluateTransaction('Exists', id)) === 'true') {
        return;
      }

      await contract.submitTransaction('Create', id, 'somebody', '1');
      return;
    } catch (failure) {
      if (Date.now() > deadline) {
        throw failure;
      }

      console.error(`again ${id}: ${failure.message}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

async function createMany(count) {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const id = `asset-${String(next++).padStart(4, '0')}`;
      await createForSure(id);
      console.log(`committed ${id}`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, lane));
}

try {
  if (verb === 'create') {
    await createMany(Number(rest[0]));
  } else {
    console.log(text(await contract[`${verb}Transaction`](...rest)));
  }
} catch (failure) {
  console.error(`${failure.name}: ${failure.message} ${JSON.stringify(failure.details ?? [])}`);
  process.exitCode = 1;
} finally {
  gateway.close();
  client.close();
}
