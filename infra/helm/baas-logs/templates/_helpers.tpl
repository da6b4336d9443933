{{- define "logs.labels" -}}
{{ include "logs.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- define "logs.selector" -}}
app.kubernetes.io/name: baas-logs
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
