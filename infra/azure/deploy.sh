#!/usr/bin/env bash
# Deploys Baas into a resource group, or brings one up to date. Needs az (signed in), kubectl, kubelogin, openssl, zip and the .NET SDK.
#   infra/azure/deploy.sh RESOURCE_GROUP REGION oidcAudience=CLIENT_ID [bicep parameter=value …]
set -euo pipefail
cd "$(dirname "$0")/../.."
if [[ $# -lt 2 ]]; then sed -n '2,3s/^# \{0,1\}//p' "$0" >&2; exit 2; fi
group=$1 region=$2
shift 2
secret=baas-master-key
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

dotnet publish src/Baas.Functions -c Release -p:AzurePackages=true -p:AzureMonitor=true -o "$out/app"

# What runs on an instance of the app that is not replaced yet leaves alone what the new version begins: versions have to rise with each deployment.
sed -i "s/\"defaultVersion\": \"\(.*\)\"/\"defaultVersion\": \"\1.$(git rev-list --count HEAD)\"/" "$out/app/host.json"

az group create --name "$group" --location "$region" --output none
me=$(az ad signed-in-user show --query id --output tsv)
az deployment group create --resource-group "$group" --name baas --template-file infra/azure/main.bicep \
  --parameters "deployerObjectId=$me" "$@" --query properties.outputs --output json > "$out/outputs.json"
output() { az deployment group show --resource-group "$group" --name baas --query "properties.outputs.$1.value" --output tsv; }
vault=$(output vault) app=$(output functionApp) cluster=$(output clusterId) principal=$(output identityPrincipalId)

# The master key is made once and never leaves the vault but for the app's memory. An existing one is never replaced.
# What was just granted takes a while to reach the vault.
for attempt in {1..20}; do
  if found=$(az keyvault secret list --vault-name "$vault" --query "[?name=='$secret'] | length(@)" --output tsv 2> "$out/vault.log"); then break; fi
  [[ $attempt -lt 20 ]] || { cat "$out/vault.log" >&2; exit 1; }
  sleep 15
done
if [[ $found == 0 ]]; then
  (umask 077 && openssl rand -base64 32 | tr -d '\n' > "$out/key")
  az keyvault secret set --vault-name "$vault" --name "$secret" --file "$out/key" --encoding utf-8 --output none
fi

# The cluster: what Baas may do there, and the way to it. The kubeconfig holds an address and an authority; the app brings tokens of its own, and does not run the plugin in it.
az aks get-credentials --resource-group "$(cut -d/ -f5 <<< "$cluster")" --name "$(cut -d/ -f9 <<< "$cluster")" --format exec --file "$out/kubeconfig" --overwrite-existing --only-show-errors
kubelogin convert-kubeconfig --login azurecli --kubeconfig "$out/kubeconfig"
kubectl --kubeconfig "$out/kubeconfig" apply --server-side --filename infra/kubernetes/rbac.yaml
kubectl --kubeconfig "$out/kubeconfig" create clusterrolebinding baas-azure --clusterrole=baas --user="$principal" --dry-run=client --output yaml |
  kubectl --kubeconfig "$out/kubeconfig" apply --server-side --filename -
cp "$out/kubeconfig" "$out/app/kubeconfig"

(cd "$out/app" && zip -qr ../app.zip .)
az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$out/app.zip" --output none
echo "Baas is at $(output address)"
