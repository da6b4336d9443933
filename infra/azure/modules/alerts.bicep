// What somebody has to look at. The queries read the meter "Baas"; infra/observability/prometheus-rules.yaml says the same for Prometheus.
param name string
param location string
param appInsightsId string
param actionGroupId string
param appName string

var rules = [
  {
    name: 'workflow-broken'
    text: 'A workflow ended by a defect: its code does not fit its history, or threw what nobody expected.'
    severity: 1
    query: 'customMetrics | where name == "baas.workflow.duration" and tostring(customDimensions.outcome) in ("internal-error", "history-mismatch", "step-lost") | summarize count() by bin(timestamp, 5m)'
    threshold: 0
  }
  {
    name: 'compensation-failed'
    text: 'Something could not be undone and is left over in a cluster; the operation lists what.'
    severity: 1
    query: 'customMetrics | where name == "baas.step.compensations" and tostring(customDimensions.outcome) != "success" | summarize count() by bin(timestamp, 5m)'
    threshold: 0
  }
  {
    name: 'many-retries'
    text: 'Steps are tried again far more often than usual: a cluster, the storage account or the vault is in trouble.'
    severity: 2
    query: 'customMetrics | where name == "baas.step.retries" | summarize retries = sum(valueSum) by bin(timestamp, 5m) | where retries > 100'
    threshold: 0
  }
  {
    name: 'queue-poisoned'
    text: 'Messages of the queue were given up, and an operation never began; baas queue poison list --all shows them.'
    severity: 2
    query: 'customMetrics | where name == "baas.queue.poison" | summarize poison = max(value) by bin(timestamp, 5m) | where poison > 0'
    threshold: 0
  }
  {
    name: 'queue-old'
    text: 'Upgrades wait in the queue for longer than a quarter of an hour: nobody takes them out.'
    severity: 1
    query: 'customMetrics | where name == "baas.queue.age" | summarize age = max(value) by bin(timestamp, 5m) | where age > 900'
    threshold: 0
  }
  {
    name: 'requests-fail'
    text: 'The API answers with 5xx.'
    severity: 1
    query: 'requests | where toint(resultCode) >= 500 | summarize failed = count() by bin(timestamp, 5m) | where failed > 5'
    threshold: 0
  }
  {
    name: 'sweep-silent'
    text: 'The sweep has not run for ten minutes: operations whose starter crashed stay where they are.'
    severity: 2
    query: 'requests | where name == "OperationSweep" and success == true | summarize newest = max(timestamp) | where isnull(newest) or newest < ago(10m)'
    threshold: 0
  }
  {
    name: 'networks-down'
    text: 'Networks do not work: a channel does not order, or all orderers or all peers of an organization are down.'
    severity: 0
    query: 'customMetrics | where name == "baas.networks" and tostring(customDimensions.health) == "down" | summarize down = max(value) by bin(timestamp, 5m) | where down > 0'
    threshold: 0
  }
  {
    name: 'alerts-firing'
    text: 'Critical alerts of networks fire; whose it is stands in the API and in the webhooks of tenants.'
    severity: 1
    query: 'customMetrics | where name == "baas.alerts.firing" and tostring(customDimensions.rule) in ("no-leader", "quorum-lost", "two-leaders", "volume-full", "certificate-expired", "namespace-missing", "namespace-foreign") | summarize firing = max(value) by rule = tostring(customDimensions.rule), bin(timestamp, 5m) | where firing > 0'
    threshold: 0
  }
  {
    name: 'certificate-expires'
    text: 'The certificate of a node ends within 7 days.'
    severity: 1
    query: 'customMetrics | where name == "baas.certificates.days_left" | summarize days = min(value) by bin(timestamp, 5m) | where days < 7'
    threshold: 0
  }
  {
    name: 'backup-old'
    text: 'The oldest last good backup of any network is older than two days.'
    severity: 2
    query: 'customMetrics | where name == "baas.backup.age" | summarize age = max(value) by bin(timestamp, 5m) | where age > 172800'
    threshold: 0
  }
  {
    name: 'sweep-slow'
    text: 'A look at all networks takes longer than 50 seconds; the next one is due after a minute.'
    severity: 2
    query: 'customMetrics | where name == "baas.health.sweep.duration" | summarize seconds = min(value) by bin(timestamp, 5m) | where seconds > 50'
    threshold: 0
  }
  {
    name: 'health-silent'
    text: 'Nothing was heard of the health sweep for fifteen minutes.'
    severity: 1
    query: 'customMetrics | where name == "baas.health.sweep.duration" | summarize reports = count() | where reports == 0'
    threshold: 0
  }
]

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-03-15-preview' = [for rule in rules: {
  name: '${name}-${rule.name}'
  location: location
  properties: {
    displayName: '${appName}: ${rule.name}'
    description: rule.text
    severity: rule.severity
    enabled: true
    scopes: [appInsightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [{ query: rule.query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: rule.threshold, failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 } }]
    }
    actions: { actionGroups: [actionGroupId] }
    autoMitigate: true
  }
}]
