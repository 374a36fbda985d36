using AnomalyKit.Dashboard.Tables;
using AnomalyKit.Dashboard.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace AnomalyKit.Dashboard.Serving;

/// <summary>Tables come and go by plain requests, never over a page's connection. Each request needs a ticket that only its page knows.</summary>
internal static class TableEndpoints
{
    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapPost("/upload/{ticket}", ReceiveAsync).DisableAntiforgery().AddEndpointFilter(GuardAsync);
        group.MapGet("/download/{ticket}", SendAsync).AddEndpointFilter(GuardAsync);
    }

    private static async ValueTask<object?> GuardAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        if (OriginGuard.Allows(invocation.HttpContext))
            return await next(invocation).ConfigureAwait(false);
        await OriginGuard.RefuseAsync(invocation.HttpContext).ConfigureAwait(false);
        return Results.Empty;
    }

    private static async Task<IResult> ReceiveAsync(string ticket, HttpContext context, UploadBook uploads)
    {
        if (uploads.Take(ticket) is not { } upload)
            return NobodyWaits();
        if (context.Request.ContentLength > upload.MaxBytes)
            return TooLarge(upload);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, upload.Gone);
        bool isWhole = false;
        try
        {
            if (upload.Create() is not { } file)
                return NobodyWaits();
            await using (file.ConfigureAwait(false))
            {
                byte[] buffer = new byte[1 << 16];
                long total = 0;
                int read;
                while ((read = await context.Request.Body.ReadAsync(buffer, stop.Token).ConfigureAwait(false)) > 0)
                {
                    total += read;
                    if (total > upload.MaxBytes)
                        return TooLarge(upload);
                    upload.Grow(read);
                    await file.WriteAsync(buffer.AsMemory(0, read), stop.Token).ConfigureAwait(false);
                }
            }

            isWhole = !upload.Gone.IsCancellationRequested;
            return isWhole ? Results.NoContent() : NobodyWaits();
        }
        catch (OperationCanceledException) when (upload.Gone.IsCancellationRequested)
        {
            return NobodyWaits();
        }
        catch (TableDataException e)
        {
            return Results.Text(e.Message, statusCode: StatusCodes.Status507InsufficientStorage);
        }
        catch (Exception e) when (e is IOException and not BadHttpRequestException or UnauthorizedAccessException && !context.RequestAborted.IsCancellationRequested)
        {
            return Results.Text("This host cannot keep the file: its place for temporary files is full, or may not be written.", statusCode: StatusCodes.Status507InsufficientStorage);
        }
        finally
        {
            if (!isWhole)
                upload.RemoveFile();
        }
    }

    private static IResult NobodyWaits() =>
        Results.Text("This upload has no page that waits for it. Reload the page, and choose the file again.", statusCode: StatusCodes.Status404NotFound);

    private static IResult TooLarge(Upload upload) => Results.Text(
        $"The file is larger than {ByteText.Of(upload.MaxBytes)}, the most that this dashboard takes. Upload a part of it, or score it with 'anomalykit score'.", statusCode: StatusCodes.Status413PayloadTooLarge);

    private static async Task SendAsync(string ticket, HttpContext context, DownloadBook downloads, HostBudget budget)
    {
        if (downloads.Find(ticket) is not { } download)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync("This table is no longer there: its page was closed. Score it again.", context.RequestAborted).ConfigureAwait(false);
            return;
        }

        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=scores.csv";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        // The writer of tables writes as programs do, not waiting for anybody: batch by batch into memory, when its turn comes, then to the browser.
        using var parts = download(context.RequestAborted).GetEnumerator();
        while (await budget.RunLongAsync(parts.MoveNext, context.RequestAborted).ConfigureAwait(false))
            await context.Response.Body.WriteAsync(parts.Current, context.RequestAborted).ConfigureAwait(false);
    }
}
