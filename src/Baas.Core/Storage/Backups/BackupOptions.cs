using System.ComponentModel.DataAnnotations;

namespace Baas.Core.Storage.Backups;

/// <summary>Settings of backups, section <c>backups</c>.</summary>
public sealed class BackupOptions
{
    /// <summary>The image of the agent that packs and unpacks volumes. The default is <c>baas-agent:1</c>; a cluster's image registry is put before it.</summary>
    [Required]
    public string AgentImage { get; set; } = "baas-agent:1";

    /// <summary>How pods reach this service, such as <c>https://baas.example.com</c>. The default is where it listens, which is right for the sandbox alone. Not used with Azure's storage.</summary>
    public Uri? Address { get; set; }

    /// <summary>A folder that backups are copied to, best on another machine's disk. The default is none. The function app has <c>azure:copyStorageUri</c> instead.</summary>
    public string? CopyFolder { get; set; }

    /// <summary>How old a backup may be that was not copied yet before health says so. The default is 2 hours.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan CopyLag { get; set; } = TimeSpan.FromHours(2);

    /// <summary>How long an agent may take, and its address works. The default is 6 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3.00:00:00")]
    public TimeSpan AgentLimit { get; set; } = TimeSpan.FromHours(6);
}
