"""pix2pix as a tutorial writes it, to measure the trainer against: the same networks and losses, and nothing clever."""

import torch
from torch import Tensor, nn

WIDTHS = (64, 128, 256, 512, 512, 512, 512, 512)
L1_WEIGHT = 100


def norm(channels: int) -> nn.Module:
    return nn.InstanceNorm2d(channels, affine=True)


def down(channels_in: int, channels_out: int, first: bool, last: bool) -> nn.Module:
    layers = [] if first else [nn.LeakyReLU(0.2)]
    layers.append(nn.Conv2d(channels_in, channels_out, 4, stride=2, padding=1))
    return nn.Sequential(*layers, *([] if first or last else [norm(channels_out)]))


def up(channels_in: int, channels_out: int, noisy: bool) -> nn.Module:
    layers = [nn.ReLU(), nn.ConvTranspose2d(channels_in, channels_out, 4, stride=2, padding=1), norm(channels_out)]
    return nn.Sequential(*layers, *([nn.Dropout(0.5)] if noisy else []))


class PlainUNet(nn.Module):
    """U-Net-256: lines [N, 1, H, W] -> colour [N, 3, H, W] in [0, 1]."""

    def __init__(self) -> None:
        super().__init__()
        ins = (1, *WIDTHS)
        self.downs = nn.ModuleList(down(ins[i], ins[i + 1], i == 0, i == 7) for i in range(8))
        outs = WIDTHS[-2::-1]
        self.ups = nn.ModuleList(up(512 if i == 0 else 2 * outs[i - 1], outs[i], i < 3) for i in range(7))
        self.last = nn.Sequential(nn.ReLU(), nn.ConvTranspose2d(128, 3, 4, stride=2, padding=1))

    def forward(self, x: Tensor) -> Tensor:
        skips = []
        for each in self.downs:
            x = each(x)
            skips.append(x)
        x = self.ups[0](skips.pop())
        for each in self.ups[1:]:
            x = each(torch.cat([x, skips.pop()], dim=1))
        return (torch.tanh(self.last(torch.cat([x, skips.pop()], dim=1))) + 1) / 2


def plain_critic() -> nn.Module:
    """PatchGAN of 70 px on lines and picture."""
    layers: list[nn.Module] = [nn.Conv2d(4, 64, 4, stride=2, padding=1), nn.LeakyReLU(0.2)]
    for channels_in, channels_out, stride in ((64, 128, 2), (128, 256, 2), (256, 512, 1)):
        layers += [nn.Conv2d(channels_in, channels_out, 4, stride=stride, padding=1), norm(channels_out)]
        layers.append(nn.LeakyReLU(0.2))
    return nn.Sequential(*layers, nn.Conv2d(512, 1, 4, padding=1))


class PlainLoop:
    """One step after the other: the critic on real, the critic on made, its step; the generator's step."""

    def __init__(self) -> None:
        torch.manual_seed(0)
        self.generator, self.critic = PlainUNet(), plain_critic()
        self.generator_optimiser = torch.optim.Adam(self.generator.parameters(), 2e-4, (0.5, 0.999))
        self.critic_optimiser = torch.optim.Adam(self.critic.parameters(), 2e-4, (0.5, 0.999))
        self.bce, self.l1 = nn.BCEWithLogitsLoss(), nn.L1Loss()

    def step(self, lines: Tensor, color: Tensor) -> None:
        made = self.generator(lines) * (1 - lines)
        self.critic_optimiser.zero_grad()
        real_scores = self.critic(torch.cat([lines, color], dim=1))
        made_scores = self.critic(torch.cat([lines, made.detach()], dim=1))
        real_loss = self.bce(real_scores, torch.ones_like(real_scores))
        ((real_loss + self.bce(made_scores, torch.zeros_like(made_scores))) / 2).backward()
        self.critic_optimiser.step()
        self.generator_optimiser.zero_grad()
        scores = self.critic(torch.cat([lines, made], dim=1))
        (self.bce(scores, torch.ones_like(scores)) + L1_WEIGHT * self.l1(made, color)).backward()
        self.generator_optimiser.step()
