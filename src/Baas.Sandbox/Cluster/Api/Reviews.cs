using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Access;
using Baas.Sandbox.Cluster.Objects;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Answers questions about rights.</summary>
internal static class Reviews
{
    private static readonly (string Group, string Plural, string Kind)[] All =
    [
        ("authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
        ("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview"),
        ("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview"),
    ];

    /// <summary>The questions of a group.</summary>
    public static IEnumerable<(string Plural, string Kind)> In(string group) => All.Where(one => one.Group == group).Select(one => (one.Plural, one.Kind));

    /// <summary>Answers a question; false when the request is none.</summary>
    public static async Task<bool> TryAnswerAsync(HttpContext http, string[] path, Caller caller, Authorizer authorizer)
    {
        var review = path is ["apis", var group, "v1", var plural] && HttpMethods.IsPost(http.Request.Method) ? All.FirstOrDefault(one => one.Group == group && one.Plural == plural) : default;
        if (review.Kind is null)
        {
            return false;
        }

        var body = await RequestBody.ReadAsync(http) as JsonObject ?? throw Failures.BadRequest("the body is no object");
        body["status"] = review.Kind switch
        {
            "SelfSubjectAccessReview" => new JsonObject { ["allowed"] = body.Object("spec", "resourceAttributes") is not { } asked || authorizer.Allows(caller, RequestOf(asked)) },
            "SelfSubjectReview" => new JsonObject { ["userInfo"] = new JsonObject { ["username"] = caller.Name, ["groups"] = new JsonArray([.. caller.Groups.Select(group => (JsonNode)group)]) } },
            _ => new JsonObject
            {
                ["resourceRules"] = new JsonArray([.. caller.IsAdministrator ? [Everything()] : authorizer.RulesOf(caller, body.Text("spec", "namespace")).Select(rule => rule.DeepClone())]),
                ["nonResourceRules"] = new JsonArray(new JsonObject { ["verbs"] = new JsonArray("*"), ["nonResourceURLs"] = new JsonArray("*") }),
                ["incomplete"] = false,
            },
        };
        await Replies.SendAsync(http, 201, body);
        return true;
    }
    private static JsonObject Everything() => new() { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") };

    private static AccessRequest RequestOf(JsonObject asked)
    {
        var resource = asked.Text("resource") ?? "";
        var whole = asked.Text("subresource") is { Length: > 0 } part ? $"{resource}/{part}" : resource;
        return new(asked.Text("verb") ?? "", asked.Text("group") ?? "", whole, asked.Text("namespace") is { Length: > 0 } space ? space : null, asked.Text("name"));
    }
}
