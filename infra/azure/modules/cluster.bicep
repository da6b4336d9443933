// A cluster for networks: Entra only, no local accounts; what Baas may do in it stands in infra/kubernetes/rbac.yaml.
param name string
param location string
param vmSize string
param nodes int
param subnetId string
param workspaceId string

resource cluster 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: name
  location: location
  identity: { type: 'SystemAssigned' }
  sku: { name: 'Base', tier: 'Standard' }
  properties: {
    dnsPrefix: name
    enableRBAC: true
    disableLocalAccounts: true
    aadProfile: { managed: true, enableAzureRBAC: false }
    oidcIssuerProfile: { enabled: true }
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', networkDataplane: 'cilium', networkPolicy: 'cilium', serviceCidr: '10.66.0.0/16', dnsServiceIP: '10.66.0.10', podCidr: '10.128.0.0/14' }
    agentPoolProfiles: [
      {
        name: 'fabric'
        mode: 'System'
        count: nodes
        vmSize: vmSize
        osType: 'Linux'
        osSKU: 'AzureLinux'
        vnetSubnetID: subnetId
        availabilityZones: ['1', '2', '3']
      }
    ]
    addonProfiles: { omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: workspaceId, useAADAuth: 'true' } } }
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' }
  }
}

// Internal load balancers take addresses from the subnet.
resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-01-01' existing = {
  name: '${split(subnetId, '/')[8]}/${last(split(subnetId, '/'))}'
}

resource join 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subnetId, name, 'network')
  scope: subnet
  properties: {
    principalId: cluster.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7') // Network Contributor
  }
}

output id string = cluster.id
output name string = cluster.name
