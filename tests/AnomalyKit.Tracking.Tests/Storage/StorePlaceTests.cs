using AnomalyKit.Storage;
using AnomalyKit.Tests.Tables;

namespace AnomalyKit.Tracking.Tests.Storage;

/// <summary>On network file systems SQLite cannot lock files.</summary>
public sealed class StorePlaceTests : IDisposable
{
    private static readonly string[] Mounts =
    [
        "27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
        "30 27 0:30 / /home rw,relatime shared:2 - nfs4 server:/home rw",
        "31 30 254:1 / /home/me/local\\040disk rw,relatime - xfs /dev/vdb rw",
        "32 27 0:31 / /data rw - ext4 /dev/vdc rw",
        "33 32 0:32 / /data rw - fuse.sshfs me@server:/data rw",
        "a line of another time",
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/var/runs.db", "ext4")]
    [InlineData("/home/me/runs.db", "nfs4")]
    [InlineData("/homes/runs.db", "ext4")]
    [InlineData("/home/me/local disk/runs.db", "xfs")]
    [InlineData("/data/runs.db", "fuse.sshfs")]
    public void The_innermost_mount_says_the_type(string path, string type) => Assert.Equal(type, FileSystems.TypeIn(Mounts, path));

    [Theory]
    [InlineData("nfs")]
    [InlineData("nfs4")]
    [InlineData("cifs")]
    [InlineData("virtiofs")]
    [InlineData("9p")]
    [InlineData("fuse.sshfs")]
    [InlineData("fuse.s3fs")]
    [InlineData("lustre")]
    [InlineData("network")]
    public void Network_file_systems_are_refused(string type)
    {
        string path = _folder.File("runs.db");
        var error = Assert.Throws<RunTrackingException>(() => StoreFile.Open(path, new StoreFileOptions { FileSystemOf = _ => type }));
        Assert.Contains($"network file system ({type})", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("ext4")]
    [InlineData("overlay")]
    [InlineData("tmpfs")]
    [InlineData("fuseblk")]
    [InlineData("fuse.fuse-overlayfs")]
    [InlineData(null)]
    public void Local_ones_are_taken(string? type) => StoreFile.Open(_folder.File("runs.db"), new StoreFileOptions { FileSystemOf = _ => type }).Dispose();

    [Fact]
    public void The_type_of_this_machine_is_found_behind_a_folder_that_is_a_link()
    {
        if (!OperatingSystem.IsLinux())
            return;
        string link = _folder.File("link");
        Directory.CreateSymbolicLink(link, "/proc/self");
        Assert.Equal("proc", FileSystems.TypeOf(Path.Combine(link, "runs.db")));
    }
}
