// Loads a network through Fabric's own gateway client, as benchmarks/Baas.GatewayLoad does through ours:
//   node load.js PROFILE IDENTITY CHANNEL CHAINCODE submit|evaluate CONCURRENT WARMUP COUNT PREFIX FUNCTION [ARGUMENT …]
// PROFILE and IDENTITY are files with what the API exports. "{n}" in an argument is replaced by PREFIX and a running number. Prints one line of JSON.
import { connect, hash, signers } from '@hyperledger/fabric-gateway';
import * as grpc from '@grpc/grpc-js';
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [profileFile, identityFile, channel, chaincode, verb, concurrent, warmUp, count, prefix, functionName, ...rest] = process.argv.slice(2);
const profile = JSON.parse(readFileSync(profileFile, 'utf8'));
const { msp } = JSON.parse(readFileSync(identityFile, 'utf8'));
const mspId = profile.client.organization;
const only = (folder) => Buffer.from(Object.entries(msp).find(([name]) => name.startsWith(`${folder}/`))[1]);

// One connection for all calls, and the deadlines of Fabric's own samples: what the client's documentation recommends.
const peer = profile.peers[profile.organizations[mspId].peers[0]];
const client = new grpc.Client(peer.url.replace('grpcs://', ''), grpc.credentials.createSsl(Buffer.from(peer.tlsCACerts.pem)), {
  'grpc.ssl_target_name_override': peer.grpcOptions['ssl-target-name-override'],
});
const gateway = connect({
  client,
  hash: hash.sha256,
  identity: { mspId, credentials: only('signcerts') },
  signer: signers.newPrivateKeySigner(createPrivateKey(only('keystore'))),
  evaluateOptions: () => ({ deadline: Date.now() + 30_000 }),
  endorseOptions: () => ({ deadline: Date.now() + 15_000 }),
  submitOptions: () => ({ deadline: Date.now() + 5_000 }),
  commitStatusOptions: () => ({ deadline: Date.now() + 60_000 }),
});
const contract = gateway.getNetwork(channel).getContract(chaincode);
const call = verb === 'submit' ? contract.submitTransaction.bind(contract) : contract.evaluateTransaction.bind(contract);

async function run(phase, calls) {
  let next = 0;
  const lane = async () => {
    while (next < calls) {
      const own = `${prefix}-${phase}-${next++}`;
      await call(functionName, ...rest.map((argument) => argument.replaceAll('{n}', own)));
    }
  };
  await Promise.all(Array.from({ length: Number(concurrent) }, lane));
}

try {
  await run('w', Number(warmUp));
  const processor = process.cpuUsage();
  const begun = performance.now();
  await run('m', Number(count));
  const seconds = (performance.now() - begun) / 1000;
  const spent = process.cpuUsage(processor);
  const status = readFileSync('/proc/self/status', 'utf8');
  const memory = (line) => new RegExp(`${line}:\\s+(\\d+) kB`).exec(status)[1] / 1024;
  console.log(JSON.stringify({ perSecond: count / seconds, peakMiB: memory('VmHWM'), residentMiB: memory('VmRSS'), anonymousMiB: memory('RssAnon'), processorMilliseconds: (spent.user + spent.system) / 1000 / count }));
} catch (failure) {
  console.error(`${failure.name}: ${failure.message} ${JSON.stringify(failure.details ?? [])}`);
  process.exitCode = 1;
} finally {
  gateway.close();
  client.close();
}
