#!/usr/bin/env bash
# Makes the network of examples/two-orgs.yaml with Fabric's own tools: 3 raft orderers, 2 organizations with 2 peers each, a channel, and the example's
# chaincode as a service with TLS. Nothing is waited for longer than it takes (but see test-network): what is not ready yet is tried again. Prints a line "PHASE SECONDS" each.
#   benchmarks/fabric-tools.sh BIN FOLDER documented|side-by-side|test-network
# BIN: Fabric's programs, with config and builders beside it; FOLDER: an empty folder to work in.
# documented: the commands of Fabric's documentation and of its test network, in their order, one after the other (anchor peers by channel updates, definitions
# looked at before and after each step). side-by-side: only what is needed, anchor peers in the genesis block, and all that does not depend on each other at once.
# test-network: as documented, with the pauses of Fabric's test network: 3 s (its CLI_DELAY) before what may come too soon.
set -euo pipefail
bin=$1
work=$2
mode=$3
here=$(cd "$(dirname "$0")" && pwd)
chaincode=$here/../examples/chaincode/asset
block=$work/genesis.block
pids=()
trap 'kill -9 "${pids[@]}" 2> /dev/null || true' EXIT

net=127.$((RANDOM % 100 + 130)).$((RANDOM % 250))
orderers=("$net.11" "$net.12" "$net.13")
peers=("$net.21" "$net.22" "$net.31" "$net.32") # two of each organization
servers=("$net.41" "$net.51")
host_of() { echo "peer$(($1 % 2 + 1)).org$(($1 / 2 + 1)).example.com"; }
began=$EPOCHREALTIME
phase() { # name of the phase that has ended
  local now=$EPOCHREALTIME
  awk -v name="$1" -v from="$began" -v to="$now" 'BEGIN { printf "%s %.3f\n", name, to - from }'
  began=$now
}
run() { "$@" > "$work/$BASHPID.log" 2>&1 || { cat "$work/$BASHPID.log" >&2; exit 1; }; }
is_documented() { [[ $mode != side-by-side ]]; }
pause() { if [[ $mode == test-network ]]; then sleep 3; fi; }
each() { # command, arguments …: for every argument, one after the other or all at once
  local command=$1 argument jobs=()
  shift
  for argument in "$@"; do
    if is_documented; then "$command" "$argument"; else "$command" "$argument" & jobs+=($!); fi
  done
  for job in "${jobs[@]}"; do wait "$job"; done
}
until_true() { for ((i = 0; i < 1200; i++)); do if "$@" > "$work/$BASHPID.log" 2>&1; then return; fi; sleep 0.05; done; cat "$work/$BASHPID.log" >&2; exit 1; }

# ---- certificates and genesis block
mkdir -p "$work/config"
{
  echo "OrdererOrgs: [{ Name: Orderer, Domain: example.com, EnableNodeOUs: true, Specs: ["
  for n in 0 1 2; do echo "{ Hostname: orderer$((n + 1)), SANS: ['${orderers[n]}'] },"; done
  echo "] }]"
} > "$work/crypto0.yaml"
for o in 0 1; do
  {
    echo "PeerOrgs:"
    echo "- { Name: Org$((o + 1)), Domain: org$((o + 1)).example.com, EnableNodeOUs: true, Users: { Count: 1 }, Specs: ["
    for n in 0 1; do echo "{ Hostname: peer$((n + 1)), SANS: ['${peers[o * 2 + n]}', '${servers[o]}'] },"; done
    echo "] }"
  } > "$work/crypto$((o + 1)).yaml"
done
generate() { run "$bin/cryptogen" generate --config "$work/crypto$1.yaml" --output "$work/crypto"; }
each generate 1 2 0
phase certificates

role_policies() { # msp id, roles that read, roles that write
  echo "Policies: { Readers: { Type: Signature, Rule: \"OR($2)\" }, Writers: { Type: Signature, Rule: \"OR($3)\" }, Admins: { Type: Signature, Rule: \"OR('$1.admin')\" }, Endorsement: { Type: Signature, Rule: \"OR('$1.peer')\" } }"
}
common='Readers: { Type: ImplicitMeta, Rule: "ANY Readers" }, Writers: { Type: ImplicitMeta, Rule: "ANY Writers" }, Admins: { Type: ImplicitMeta, Rule: "MAJORITY Admins" }'
{
  echo "Organizations:"
  echo "- &Orderer { Name: OrdererMSP, ID: OrdererMSP, MSPDir: '$work/crypto/ordererOrganizations/example.com/msp', OrdererEndpoints: ['${orderers[0]}:7050', '${orderers[1]}:7050', '${orderers[2]}:7050'],"
  echo "    $(role_policies OrdererMSP "'OrdererMSP.member'" "'OrdererMSP.member'") }"
  for o in 1 2; do
    msp=Org${o}MSP
    echo "- &Org$o { Name: $msp, ID: $msp, MSPDir: '$work/crypto/peerOrganizations/org$o.example.com/msp',"
    is_documented || echo "    AnchorPeers: [{ Host: '${peers[o * 2 - 2]}', Port: 7051 }],"
    echo "    $(role_policies $msp "'$msp.admin', '$msp.peer', '$msp.client'" "'$msp.admin', '$msp.client'") }"
  done
  echo "Profiles:"
  echo "  Bench:"
  echo "    Policies: { $common }"
  echo "    Capabilities: { V3_0: true }"
  echo "    Orderer:"
  echo "      OrdererType: etcdraft"
  echo "      BatchTimeout: 200ms"
  echo "      BatchSize: { MaxMessageCount: 500, AbsoluteMaxBytes: 10 MB, PreferredMaxBytes: 2 MB }"
  echo "      Organizations: [*Orderer]"
  echo "      Policies: { $common, BlockValidation: { Type: ImplicitMeta, Rule: \"ANY Writers\" } }"
  echo "      Capabilities: { V2_0: true }"
  echo "      EtcdRaft:"
  echo "        Consenters:"
  for n in 0 1 2; do
    tls=$work/crypto/ordererOrganizations/example.com/orderers/orderer$((n + 1)).example.com/tls/server.crt
    echo "        - { Host: '${orderers[n]}', Port: 7050, ClientTLSCert: '$tls', ServerTLSCert: '$tls' }"
  done
  echo "    Application:"
  echo "      Organizations: [*Org1, *Org2]"
  echo "      Policies: { $common, LifecycleEndorsement: { Type: ImplicitMeta, Rule: \"MAJORITY Endorsement\" }, Endorsement: { Type: ImplicitMeta, Rule: \"MAJORITY Endorsement\" } }"
  echo "      Capabilities: { V2_5: true }"
} > "$work/config/configtx.yaml"
run "$bin/configtxgen" -configPath "$work/config" -profile Bench -channelID main -outputBlock "$block"
phase genesis

# ---- nodes, all at the same time
for file in core.yaml orderer.yaml; do
  sed "s#/opt/hyperledger/ccaas_builder#$(cd "$bin/.." && pwd)/builders/ccaas#" "$bin/../config/$file" > "$work/config/$file"
done
export FABRIC_CFG_PATH=$work/config
start_orderer() { # number
  local ip=${orderers[$1]} id=$work/crypto/ordererOrganizations/example.com/orderers/orderer$(($1 + 1)).example.com data=$work/orderer$1
  env ORDERER_GENERAL_LISTENADDRESS=$ip ORDERER_GENERAL_LISTENPORT=7050 ORDERER_GENERAL_LOCALMSPID=OrdererMSP ORDERER_GENERAL_LOCALMSPDIR="$id/msp" \
    ORDERER_GENERAL_BOOTSTRAPMETHOD=none ORDERER_CHANNELPARTICIPATION_ENABLED=true ORDERER_GENERAL_TLS_ENABLED=true \
    ORDERER_GENERAL_TLS_CERTIFICATE="$id/tls/server.crt" ORDERER_GENERAL_TLS_PRIVATEKEY="$id/tls/server.key" ORDERER_GENERAL_TLS_ROOTCAS="[$id/tls/ca.crt]" \
    ORDERER_GENERAL_CLUSTER_CLIENTCERTIFICATE="$id/tls/server.crt" ORDERER_GENERAL_CLUSTER_CLIENTPRIVATEKEY="$id/tls/server.key" ORDERER_GENERAL_CLUSTER_ROOTCAS="[$id/tls/ca.crt]" \
    ORDERER_ADMIN_LISTENADDRESS=$ip:7053 ORDERER_ADMIN_TLS_ENABLED=true ORDERER_ADMIN_TLS_CERTIFICATE="$id/tls/server.crt" ORDERER_ADMIN_TLS_PRIVATEKEY="$id/tls/server.key" \
    ORDERER_ADMIN_TLS_CLIENTAUTHREQUIRED=true ORDERER_ADMIN_TLS_CLIENTROOTCAS="[$id/tls/ca.crt]" ORDERER_OPERATIONS_LISTENADDRESS=$ip:8443 \
    ORDERER_FILELEDGER_LOCATION="$data/ledger" ORDERER_CONSENSUS_WALDIR="$data/wal" ORDERER_CONSENSUS_SNAPDIR="$data/snapshots" "$bin/orderer" > "$work/orderer$1.log" 2>&1 &
  pids+=($!)
}
start_peer() { # number
  local ip=${peers[$1]} org=$(($1 / 2 + 1)) name
  name=$(host_of "$1")
  local id=$work/crypto/peerOrganizations/org$org.example.com/peers/$name
  env CORE_PEER_ID="$name" CORE_PEER_LOCALMSPID=Org${org}MSP CORE_PEER_MSPCONFIGPATH="$id/msp" CORE_PEER_ADDRESS=$ip:7051 CORE_PEER_LISTENADDRESS=$ip:7051 \
    CORE_PEER_CHAINCODEADDRESS=$ip:7052 CORE_PEER_CHAINCODELISTENADDRESS=$ip:7052 CORE_PEER_GOSSIP_BOOTSTRAP="${peers[org * 2 - 2]}:7051" CORE_PEER_GOSSIP_ENDPOINT=$ip:7051 \
    CORE_PEER_GOSSIP_EXTERNALENDPOINT=$ip:7051 CORE_PEER_TLS_ENABLED=true CORE_PEER_TLS_CERT_FILE="$id/tls/server.crt" CORE_PEER_TLS_KEY_FILE="$id/tls/server.key" \
    CORE_PEER_TLS_ROOTCERT_FILE="$id/tls/ca.crt" CORE_PEER_FILESYSTEMPATH="$work/peer$1" CORE_LEDGER_SNAPSHOTS_ROOTDIR="$work/peer$1/snapshots" \
    CORE_OPERATIONS_LISTENADDRESS=$ip:9443 CORE_VM_ENDPOINT= "$bin/peer" node start > "$work/peer$1.log" 2>&1 &
  pids+=($!)
}
listens() { (exec 3<> "/dev/tcp/$1/$2"); }
for n in 0 1 2; do start_orderer $n; done
for n in 0 1 2 3; do start_peer $n; done
for ip in "${orderers[@]}"; do until_true listens "$ip" 7053; done
for ip in "${peers[@]}"; do until_true listens "$ip" 7051; done
phase nodes

# ---- channel
admin=$work/crypto/ordererOrganizations/example.com/users/Admin@example.com/tls
cafile=$work/crypto/ordererOrganizations/example.com/orderers/orderer1.example.com/tls/ca.crt
join_orderer() { # address
  run "$bin/osnadmin" channel join --channelID main --config-block "$block" -o "$1:7053" --ca-file "$cafile" --client-cert "$admin/client.crt" --client-key "$admin/client.key"
}
pause
each join_orderer "${orderers[@]}"
as_peer() { # number, command …: as the administrator of the peer's organization
  local n=$1 org=$(($1 / 2 + 1))
  shift
  env FABRIC_LOGGING_SPEC=error CORE_PEER_LOCALMSPID=Org${org}MSP CORE_PEER_TLS_ENABLED=true CORE_PEER_ADDRESS="${peers[n]}:7051" \
    CORE_PEER_MSPCONFIGPATH="$work/crypto/peerOrganizations/org$org.example.com/users/Admin@org$org.example.com/msp" \
    CORE_PEER_TLS_ROOTCERT_FILE="$work/crypto/peerOrganizations/org$org.example.com/peers/$(host_of "$n")/tls/ca.crt" "$bin/peer" "$@"
}
join_peer() { pause && run as_peer "$1" channel join -b "$block"; }
each join_peer 0 1 2 3
ordering=(-o "${orderers[0]}:7050" --tls --cafile "$cafile")
set_anchor() { # organization: the test network's setAnchorPeer.sh
  local n=$(($1 * 2)) f=$work/anchor$1
  until_true as_peer $n channel fetch config "$f.pb" "${ordering[@]}" -c main
  "$bin/configtxlator" proto_decode --input "$f.pb" --type common.Block | jq '.data.data[0].payload.data.config' > "$f.json"
  jq ".channel_group.groups.Application.groups.Org$(($1 + 1))MSP.values += {AnchorPeers: {mod_policy: \"Admins\", value: {anchor_peers: [{host: \"${peers[n]}\", port: 7051}]}, version: \"0\"}}" "$f.json" > "$f.new.json"
  "$bin/configtxlator" proto_encode --input "$f.json" --type common.Config --output "$f.config.pb"
  "$bin/configtxlator" proto_encode --input "$f.new.json" --type common.Config --output "$f.new.pb"
  "$bin/configtxlator" compute_update --channel_id main --original "$f.config.pb" --updated "$f.new.pb" --output "$f.update.pb"
  "$bin/configtxlator" proto_decode --input "$f.update.pb" --type common.ConfigUpdate > "$f.update.json"
  jq '{payload: {header: {channel_header: {channel_id: "main", type: 2}}, data: {config_update: .}}}' "$f.update.json" > "$f.envelope.json"
  "$bin/configtxlator" proto_encode --input "$f.envelope.json" --type common.Envelope --output "$f.tx"
  until_true as_peer $n channel update -f "$f.tx" "${ordering[@]}" -c main
}
if is_documented; then each set_anchor 0 1; fi
phase channel

# ---- chaincode: package, server, installs
for o in 0 1; do
  id=$work/crypto/peerOrganizations/org$((o + 1)).example.com/peers/peer1.org$((o + 1)).example.com/tls
  mkdir -p "$work/package$o"
  root=$(awk '{ printf "%s\\n", $0 }' "$id/ca.crt")
  echo "{\"address\":\"${servers[o]}:7052\",\"dial_timeout\":\"10s\",\"tls_required\":true,\"client_auth_required\":false,\"root_cert\":\"$root\"}" > "$work/package$o/connection.json"
  echo '{"type":"ccaas","label":"asset_1.0"}' > "$work/package$o/metadata.json"
  tar -C "$work/package$o" -czf "$work/package$o/code.tar.gz" connection.json
  tar -C "$work/package$o" -czf "$work/asset$o.tgz" code.tar.gz metadata.json
  ids[o]=$("$bin/peer" lifecycle chaincode calculatepackageid "$work/asset$o.tgz" 2> /dev/null)
  (cd "$chaincode" && exec env CHAINCODE_SERVER_ADDRESS="${servers[o]}:7052" CHAINCODE_ID="${ids[o]}" CHAINCODE_TLS_CERT_FILE="$id/server.crt" CHAINCODE_TLS_KEY_FILE="$id/server.key" node server.js > "$work/chaincode$o.log" 2>&1) &
  pids+=($!)
done
install() { # peer
  run as_peer "$1" lifecycle chaincode install "$work/asset$(($1 / 2)).tgz"
  if is_documented; then run as_peer "$1" lifecycle chaincode queryinstalled --output json; fi
}
each install 0 1 2 3
phase installs

# ---- approvals and commit
definition=(--channelID main --name asset --version 1.0 --sequence 1 --signature-policy "AND('Org1MSP.peer','Org2MSP.peer')")
look() { pause && run as_peer "$1" lifecycle chaincode checkcommitreadiness "${definition[@]}" --output json; }
approve() { # organization
  until_true as_peer $(($1 * 2)) lifecycle chaincode approveformyorg "${ordering[@]}" "${definition[@]}" --package-id "${ids[$1]}"
  if is_documented; then each look 0 2; fi
}
each approve 0 1
phase approvals
endorsers=()
for n in 0 2; do endorsers+=(--peerAddresses "${peers[n]}:7051" --tlsRootCertFiles "$work/crypto/peerOrganizations/org$((n / 2 + 1)).example.com/peers/$(host_of $n)/tls/ca.crt"); done
until_true as_peer 0 lifecycle chaincode commit "${ordering[@]}" "${definition[@]}" "${endorsers[@]}"
committed() { until_true as_peer "$1" lifecycle chaincode querycommitted --channelID main --name asset; }
pause # one each for the organizations, of which the test network asks one peer
pause
each committed 0 1 2 3
for ip in "${servers[@]}"; do until_true listens "$ip" 7052; done
phase commit
answers() { until_true as_peer "$1" chaincode query -C main -n asset -c '{"Args":["Exists","nothing"]}'; }
each answers 0 1 2 3
phase answers
