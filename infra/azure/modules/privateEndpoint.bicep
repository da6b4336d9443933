// One private endpoint with its DNS zone.
param name string
param location string
param resourceId string
param group string
param zone string
param subnetId string
param networkId string

resource endpoint 'Microsoft.Network/privateEndpoints@2024-01-01' = {
  name: name
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [{ name: name, properties: { privateLinkServiceId: resourceId, groupIds: [group] } }]
  }

  resource dns 'privateDnsZoneGroups' = {
    name: 'default'
    properties: { privateDnsZoneConfigs: [{ name: group, properties: { privateDnsZoneId: privateZone.id } }] }
  }
}

resource privateZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: zone
  location: 'global'

  resource link 'virtualNetworkLinks' = {
    name: uniqueString(networkId)
    location: 'global'
    properties: { registrationEnabled: false, virtualNetwork: { id: networkId } }
  }
}
